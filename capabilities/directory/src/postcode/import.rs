//! `stour import postcodes FILE`: postcodes of the whole country, all of them or none.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use clap::{ArgMatches, arg, value_parser};
use stour_kernel::{GssCode, Postcode};
use stour_search::Point;
use stour_web::{Command, CommandError, House, give};

use super::table::{Postcodes, Told};
use super::{grid, store};

/// The command.
pub(crate) const IMPORT: Command = Command {
    under: &["import"],
    define: || {
        clap::Command::new("postcodes")
            .about("Put another table of postcodes in the place of the one in use")
            .long_about(
                "Reads CSV with a header: the postcode; latitude and longitude, or easting and northing; the council (laua, \
                 lad25cd); and, where it is there, the date on which a postcode ended (doterm). The ONS Postcode Directory is \
                 such a file. Rows without a place are left out and counted; anything else that is wrong refuses the file.",
            )
            .arg(arg!(<FILE> "The CSV file").value_parser(value_parser!(PathBuf)))
    },
    run,
};

/// How many mistakes are told.
const TOLD: usize = 10;
/// What the ONS Postcode Directory gives as the latitude of a postcode without a place.
const NO_PLACE: f64 = 99.0;

fn run(house: &House, arguments: &ArgMatches) -> Result<(), CommandError> {
    let path = arguments
        .get_one::<PathBuf>("FILE")
        .ok_or_else(|| CommandError("name the file".to_owned()))?;
    let file = File::open(path)
        .map_err(|error| CommandError(format!("{} cannot be opened: {error}", path.display())))?;
    let read = read(file).map_err(|error| CommandError(format!("{}: {error}", path.display())))?;
    let table = Postcodes::of(&read.told);
    let count = table.len();
    house
        .database()
        .write_blocking(move |tx| store::replace(tx, &table))
        .map_err(|error: crate::DirectoryError| CommandError(error.to_string()))?;
    give(&format!(
        "{count} postcodes are in use from now on; {} rows without a place were left out.\n",
        read.left_out
    ))
}

/// What a file tells.
#[derive(Debug)]
pub(super) struct Contents {
    pub(super) told: Vec<Told>,
    pub(super) left_out: usize,
}

struct Columns {
    postcode: usize,
    place: Place,
    council: usize,
    ended: Option<usize>,
    in_use: Option<usize>,
}

enum Place {
    Degrees(usize, usize),
    Grid(usize, usize),
}

/// Reads a whole file, or says what is wrong with it.
pub(super) fn read(file: impl Read) -> Result<Contents, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(file);
    let headers = reader.headers().map_err(|error| error.to_string())?;
    let columns = columns(headers)?;
    let mut read = Contents {
        told: Vec::new(),
        left_out: 0,
    };
    let mut wrong = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                wrong.push(error.to_string());
                break;
            }
        };
        match told(&record, &columns) {
            Ok(Some(told)) => read.told.push(told),
            Ok(None) => read.left_out += 1,
            Err(why) => {
                let line = record.position().map_or(0, csv::Position::line);
                wrong.push(format!("line {line}: {why}"));
                if wrong.len() > TOLD {
                    break;
                }
            }
        }
    }
    if !wrong.is_empty() {
        wrong.truncate(TOLD);
        return Err(format!("nothing was imported. {}", wrong.join("; ")));
    }
    if read.told.is_empty() {
        return Err("there is no postcode with a place in it; nothing was imported".to_owned());
    }
    Ok(read)
}

fn columns(headers: &csv::StringRecord) -> Result<Columns, String> {
    let places: BTreeMap<String, usize> = headers
        .iter()
        .enumerate()
        .map(|(place, name)| {
            (
                name.trim_start_matches('\u{feff}').trim().to_lowercase(),
                place,
            )
        })
        .collect();
    let any = |names: &[&str]| names.iter().find_map(|name| places.get(*name).copied());
    let needed = |what: &str, names: &[&str]| {
        any(names).ok_or_else(|| {
            format!(
                "there is no column of the {what}: name it {}",
                names.join(", ")
            )
        })
    };
    let council = places.iter().find(|(name, _)| {
        let year = name
            .strip_prefix("lad")
            .and_then(|rest| rest.strip_suffix("cd"));
        year.is_some_and(|year| year.len() == 2 && year.bytes().all(|digit| digit.is_ascii_digit()))
    });
    let council = match council {
        Some((_, place)) => *place,
        None => needed("council", &["laua", "oslaua", "lad25cd", "council"])?,
    };
    let lat = any(&["lat", "latitude"]);
    let lon = any(&["long", "lon", "longitude"]);
    let place = match (lat, lon) {
        (Some(lat), Some(lon)) => Place::Degrees(lat, lon),
        _ => Place::Grid(
            needed("easting", &["easting", "eastings", "oseast1m", "east1m"])?,
            needed(
                "northing",
                &["northing", "northings", "osnrth1m", "north1m"],
            )?,
        ),
    };
    Ok(Columns {
        postcode: needed("postcode", &["postcode", "pcds", "pcd", "pcd7", "pcd8"])?,
        place,
        council,
        ended: any(&["doterm"]),
        in_use: places
            .iter()
            .find(|(name, _)| name.starts_with("in_code_point_open"))
            .map(|(_, place)| *place),
    })
}

fn told(record: &csv::StringRecord, columns: &Columns) -> Result<Option<Told>, String> {
    let of = |column: usize| record.get(column).unwrap_or_default().trim();
    let postcode: Postcode = of(columns.postcode)
        .parse()
        .map_err(|error| format!("{:?}: {error}", of(columns.postcode)))?;
    let number = |column: usize| -> Result<Option<f64>, String> {
        match of(column) {
            "" => Ok(None),
            text => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(Some(number)),
                _ => Err(format!("{text:?} is not a number")),
            },
        }
    };
    let point = match columns.place {
        Place::Degrees(lat, lon) => {
            match (number(lat)?, number(lon)?) {
                (Some(lat), Some(_)) if lat >= NO_PLACE => None,
                (Some(lat), Some(lon)) => Some(Point::new(lat, lon).ok_or_else(|| {
                    format!("{postcode}: {lat}, {lon} is no latitude and longitude")
                })?),
                _ => None,
            }
        }
        Place::Grid(easting, northing) => match (number(easting)?, number(northing)?) {
            (Some(east), Some(north)) if east > 0.0 || north > 0.0 => {
                let is_on_grid =
                    (0.0..700_000.0).contains(&east) && (0.0..1_300_000.0).contains(&north);
                let point = grid::point(east, north).filter(|_| is_on_grid);
                Some(
                    point
                        .ok_or_else(|| format!("{postcode}: {east}, {north} is not on the grid"))?,
                )
            }
            _ => None,
        },
    };
    let Some(point) = point else {
        return Ok(None);
    };
    if of(columns.council).is_empty() {
        return Ok(None);
    }
    let council: GssCode = of(columns.council)
        .parse()
        .map_err(|error| format!("{postcode}: {:?}: {error}", of(columns.council)))?;
    let has_ended = columns.ended.is_some_and(|column| !of(column).is_empty());
    let is_out_of_use = columns.in_use.is_some_and(|column| of(column) == "0");
    Ok(Some(Told {
        postcode,
        point,
        council,
        is_live: !has_ended && !is_out_of_use,
    }))
}
