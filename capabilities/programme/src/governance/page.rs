//! The boards of a programme as a chart and a table, its sub-programmes and its workstreams.

use axum::extract::Path;
use stour_design::chart::{OrganisationBox, OrganisationChart, OrganisationLine};
use stour_design::{Cell, Column, Heading, Markup, Table, TableCaption, html};
use stour_register::Entry;
use stour_web::{Caller, Page, Problem};

use super::board::{BOARD, RELATION, Relation, SUB_PROGRAMME};
use super::field::number;
use super::parts::{link, none_yet, or_dash, registers, said, unverified};
use super::shell::{Opened, Part, open, page};
use super::words::{group, label, months};
use super::workstream;

/// `GET /programmes/{programme}/governance`.
pub(crate) async fn show(caller: Caller, Path(programme): Path<String>) -> Result<Page, Problem> {
    let opened = open(&caller, &programme).await?;
    let main = html! {
        (contents(&opened))
        (boards(&caller, &opened))
        (sub_programmes(&caller, &opened))
        (workstreams(&caller, &opened))
    };
    Ok(page(&opened, Part::Governance, &main))
}

fn contents(opened: &Opened) -> Markup {
    html! {
        ul {
            li { a href=(opened.address("/governance/roles")) { "Roles, what each is responsible for, and who holds them" } }
            li { a href=(opened.address("/governance/engagement")) { "Quick wins, offers, communications and lessons" } }
            li { a href=(opened.address("/governance/figures")) { "Figures that the papers state" } }
        }
    }
}

fn boards(caller: &Caller, opened: &Opened) -> Markup {
    let boards: Vec<&Entry> = opened.entries.of_kind(BOARD.name).collect();
    html! {
        @if boards.is_empty() {
            (Heading::section(BOARD.many))
            (none_yet(caller, opened, BOARD))
        } @else {
            (chart(opened, &boards))
            (Heading::section(BOARD.many))
            (board_table(opened, &boards))
            (registers(caller, opened, &[BOARD, RELATION]))
        }
    }
}

/// The boards as boxes, and their relationships as the lines that the list of kinds of relationship says.
pub(super) fn chart(opened: &Opened, boards: &[&Entry]) -> OrganisationChart {
    let place = |number| boards.iter().position(|board| board.number == number);
    let name = |place: usize| boards.get(place).map_or("", |board| board.get(BOARD.title));
    let relations = opened.entries.of_kind(RELATION.name);
    let lines = relations.filter_map(|entry| {
        let relation = Relation::read(entry)?;
        let (from, to) = (place(relation.from)?, place(relation.to)?);
        let drawn = group("relation-kind", &relation.kind, opened.today).unwrap_or_default();
        let (over, under) = if drawn.starts_with("under") {
            (to, from)
        } else {
            (from, to)
        };
        let says = [
            name(from).to_owned(),
            label("relation-kind", &relation.kind),
            name(to).to_owned(),
        ];
        Some(OrganisationLine {
            over,
            under,
            dashed: drawn.ends_with("dashed"),
            says,
        })
    });
    let lines: Vec<OrganisationLine> = lines.collect();
    let boxes = boards.iter().map(|board| OrganisationBox {
        name: board.get(BOARD.title).to_owned(),
        kind: label("board-type", board.get("board-type")),
    });
    let boxes: Vec<OrganisationBox> = boxes.collect();
    OrganisationChart {
        id: "boards".to_owned(),
        title: message(&lines, boxes.len()),
        subtitle: "Boards and groups, and how they stand to each other".to_owned(),
        level: Some(stour_design::Level::Two),
        description: format!(
            "{} boxes and {} lines. The table below says each line in words.",
            boxes.len(),
            lines.len()
        ),
        boxes,
        lines,
        key: [
            "Authority: from above to below".to_owned(),
            "Advice, influence, scrutiny or support".to_owned(),
        ],
    }
}

/// What the chart says: who gives authority to whom, where only one does.
fn message(lines: &[OrganisationLine], boards: usize) -> String {
    let authority = label("relation-kind", super::board::AUTHORITY);
    let mut given = lines.iter().filter(|line| line.says[1] == authority);
    match (given.next(), given.next()) {
        (Some(line), None) => format!("{} {authority} {}", line.says[0], line.says[2]),
        _ => format!("{boards} boards and groups, {} relationships", lines.len()),
    }
}

fn board_table(opened: &Opened, boards: &[&Entry]) -> Markup {
    let columns = ["Name", "What it is", "What it is for", "Chaired by", "When"];
    let rows = boards.iter().map(|board| {
        let also = board.get("also-called");
        let purpose = html! {
            (board.get("purpose"))
            @if !also.is_empty() { div { small { "Also called: " (also) } } }
            (unverified(board.get("unverified")))
        };
        vec![
            link(opened, BOARD, board),
            label("board-type", board.get("board-type")).into(),
            purpose.into(),
            or_dash(board.get("chair")),
            or_dash(&months(board.get("starts"), board.get("ends"))),
        ]
    });
    table(BOARD.many, &columns, rows.collect())
}

fn sub_programmes(caller: &Caller, opened: &Opened) -> Markup {
    let all: Vec<&Entry> = opened.entries.of_kind(SUB_PROGRAMME.name).collect();
    let rows = all.iter().map(|one| {
        let board = number(&one.values, "board");
        let board = board.and_then(|board| opened.entries.entry(BOARD.name, board));
        let purpose = html! { (one.get("purpose")) (unverified(one.get("unverified"))) };
        vec![
            link(opened, SUB_PROGRAMME, one),
            board.map_or_else(|| said(""), |board| link(opened, BOARD, board)),
            purpose.into(),
        ]
    });
    let columns = ["Sub-programme", "Overseen by", "What it is for"];
    html! {
        (Heading::section(SUB_PROGRAMME.many))
        @if all.is_empty() { (none_yet(caller, opened, SUB_PROGRAMME)) } @else {
            (table(SUB_PROGRAMME.many, &columns, rows.collect()))
            (registers(caller, opened, &[SUB_PROGRAMME]))
        }
    }
}

fn workstreams(caller: &Caller, opened: &Opened) -> Markup {
    let all: Vec<&Entry> = opened.entries.of_kind(workstream::KIND.name).collect();
    let missing = all.iter().filter(|one| one.get("sro").is_empty()).count();
    let rows = all.iter().map(|one| {
        let purpose = html! { (one.get("purpose")) (unverified(one.get("unverified"))) };
        vec![
            link(opened, workstream::KIND, one),
            said(one.get("sro")),
            purpose.into(),
        ]
    });
    let columns = ["Workstream", "Senior responsible owner", "What it is for"];
    html! {
        (Heading::section(workstream::KIND.many))
        @if all.is_empty() { (none_yet(caller, opened, workstream::KIND)) } @else {
            @if missing > 0 {
                p { (missing) " of " (all.len()) " have no senior responsible owner in the register." }
            }
            (table(workstream::KIND.many, &columns, rows.collect()))
            (registers(caller, opened, &[workstream::KIND]))
        }
    }
}

fn table(caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Markup {
    let caption = TableCaption {
        visually_hidden: true,
        ..TableCaption::from(caption)
    };
    let columns = columns.iter().map(|column| Column::from(*column));
    html! {
        (Table { first_cell_is_header: true, responsive: true, ..Table::new(caption, columns, rows) })
    }
}
