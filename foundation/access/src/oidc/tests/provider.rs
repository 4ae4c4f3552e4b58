//! A small identity provider on this machine: it describes itself, shows its key, and answers for a code with whatever
//! statement the test wants.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};

/// What is wrong with the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    None,
    Nonce,
    Audience,
    Issuer,
    Expired,
    Future,
    Signature,
    OtherKey,
    Unsigned,
    SignedWithSecret,
    NoStatement,
    Error,
}

pub(super) struct Mock {
    pub(super) issuer: String,
    answer: Arc<Mutex<(Fault, String)>>,
    requests: Arc<Mutex<Vec<String>>>,
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).unwrap()
}

fn sign(seed: u8, text: &str) -> String {
    let signature: Signature = key(seed).sign(text.as_bytes());
    encode(signature.to_bytes())
}

fn statement(issuer: &str, fault: Fault, nonce: &str, now: i64) -> String {
    let algorithm = match fault {
        Fault::Unsigned => "none",
        Fault::SignedWithSecret => "HS256",
        _ => "ES256",
    };
    let header = json!({ "alg": algorithm, "kid": "one" });
    let claims = json!({
        "iss": if fault == Fault::Issuer { "http://127.0.0.1:1" } else { issuer },
        "aud": if fault == Fault::Audience { "somebody-else" } else { "stour" },
        "sub": "subject-1",
        "nonce": if fault == Fault::Nonce { "another" } else { nonce },
        "iat": if fault == Fault::Future { now + 600 } else { now },
        "exp": if fault == Fault::Expired { now - 61 } else { now + 300 },
    });
    let signed = format!(
        "{}.{}",
        encode(header.to_string()),
        encode(claims.to_string())
    );
    let signature = match fault {
        Fault::Unsigned => String::new(),
        Fault::Signature => encode([7_u8; 64]),
        Fault::SignedWithSecret => encode([9_u8; 32]),
        Fault::OtherKey => sign(2, &signed),
        _ => sign(1, &signed),
    };
    format!("{signed}.{signature}")
}

impl Mock {
    pub(super) fn start(now: i64) -> Mock {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let answer = Arc::new(Mutex::new((Fault::None, String::new())));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let mock = Mock {
            issuer: issuer.clone(),
            answer: answer.clone(),
            requests: requests.clone(),
        };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (fault, nonce) = answer.lock().unwrap().clone();
                serve(stream, &requests, |path| {
                    body(path, &issuer, fault, &nonce, now)
                });
            }
        });
        mock
    }

    pub(super) fn will_answer(&self, fault: Fault, nonce: &str) {
        *self.answer.lock().unwrap() = (fault, nonce.to_owned());
    }

    /// The bodies it was sent.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn body(path: &str, issuer: &str, fault: Fault, nonce: &str, now: i64) -> (u16, Value) {
    match path {
        "/.well-known/openid-configuration" => (
            200,
            json!({
                "issuer": issuer,
                "authorization_endpoint": format!("{issuer}/authorize"),
                "token_endpoint": format!("{issuer}/token"),
                "jwks_uri": format!("{issuer}/keys"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["ES256"],
            }),
        ),
        "/keys" => {
            let point = key(1).verifying_key().to_sec1_point(false);
            let (x, y) = (encode(point.x().unwrap()), encode(point.y().unwrap()));
            (
                200,
                json!({ "keys": [{ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "one", "x": x, "y": y }] }),
            )
        }
        "/token" if fault == Fault::Error => (400, json!({ "error": "invalid_grant" })),
        "/token" => {
            let mut answer =
                json!({ "access_token": "a", "token_type": "Bearer", "expires_in": 60 });
            if fault != Fault::NoStatement {
                answer["id_token"] = json!(statement(issuer, fault, nonce, now));
            }
            (200, answer)
        }
        _ => (404, json!({})),
    }
}

fn serve(
    mut stream: TcpStream,
    requests: &Mutex<Vec<String>>,
    answer: impl Fn(&str) -> (u16, Value),
) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut sent = vec![0; length];
    reader.read_exact(&mut sent).unwrap();
    requests
        .lock()
        .unwrap()
        .push(String::from_utf8(sent).unwrap());
    let (status, body) = answer(first.split(' ').nth(1).unwrap_or_default());
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
        body.len()
    );
    let _ = stream.write_all(format!("{head}Connection: close\r\n\r\n{body}").as_bytes());
}
