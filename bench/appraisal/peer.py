"""Draws the same case as stour-bench-appraisal with numpy: peer.py LINES DRAWS. Without a tornado."""

import sys

import numpy as np

lines, draws = int(sys.argv[1]), int(sys.argv[2])
rng = np.random.default_rng(7)
years = np.arange(10)
profile = (0.95**years / 1.035**years).sum()
value = -lines * 24e6 * 1.1 * rng.triangular(0.9, 1.0, 1.6, draws)
for _ in range(lines):
    value += (
        1000 * 0.8 * 0.95 * 0.85 * profile
        * rng.triangular(0.1, 0.3, 0.4, draws)
        * rng.triangular(20, 50, 90, draws)
        * rng.triangular(250, 350, 500, draws)
    )
p10, p50, p90 = np.percentile(value, [10, 50, 90])
print(f"p10 £{p10:,.2f} p50 £{p50:,.2f} p90 £{p90:,.2f} above nothing {(value > 0).mean():.4f}")
