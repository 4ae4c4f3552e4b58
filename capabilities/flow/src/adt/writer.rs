//! Messages for the demonstration: what a hospital would have sent about the stays of made-up
//! people, in the layout of the NHS ITK specification.

use stour_hl7v2::{BuildError, Message, MessageBuilder, SegmentBuilder, Ts};
use stour_kernel::{Date, NhsNumber, OdsCode, Postcode, Timestamp};

/// Who stayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpellPatient {
    /// The NHS number.
    pub nhs_number: Option<NhsNumber>,
    /// The hospital's own number; may be empty.
    pub local: String,
    /// The family name.
    pub family: String,
    /// The given names, parted by spaces.
    pub given: String,
    /// The date of birth.
    pub born: Option<Date>,
    /// A code of HL7 table 0001.
    pub sex: String,
    /// The lines of the address, at most four.
    pub address: Vec<String>,
    /// The postcode.
    pub postcode: Option<Postcode>,
    /// The general practice.
    pub practice: Option<OdsCode>,
}

/// A bed on a ward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bed {
    /// The ward's code.
    pub ward: String,
    /// The bed; may be empty.
    pub bed: String,
    /// The hospital's code; may be empty.
    pub site: String,
}

/// One stay, told as its messages tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpellStory {
    /// Who stayed.
    pub patient: SpellPatient,
    /// At which organisation.
    pub organisation: OdsCode,
    /// The organisation's number for the visit.
    pub visit_number: String,
    /// A code of the list `admission-method`.
    pub method: String,
    /// A code of the list `treatment-specialty`.
    pub specialty: String,
    /// When admitted.
    pub admitted: Timestamp,
    /// Where to.
    pub bed: Bed,
    /// Moves after that, in order.
    pub moves: Vec<(Timestamp, Bed)>,
    /// When discharged, and a code of the list `discharge-destination`; `None` while in hospital.
    pub discharged: Option<(Timestamp, String)>,
    /// The expected date of discharge, if the hospital says.
    pub expected: Option<Date>,
    /// Since when medically fit, if so.
    pub fit_since: Option<Timestamp>,
    /// Where the person was before, if the hospital says: a code of the list `admission-source`.
    pub came_from: Option<String>,
    /// How the person came, if the hospital says: a code of the list `arrival-mode`.
    pub arrived_by: Option<String>,
    /// What the person mainly has, in ICD-10, if the hospital says.
    pub diagnosis: Option<String>,
}

/// The messages of these stays in the order in which things happened, one after another, as a file
/// of ER7 holds them.
///
/// # Errors
/// A name or code that no message can carry.
pub fn messages(stories: &[SpellStory]) -> Result<Vec<u8>, BuildError> {
    let mut all: Vec<(Timestamp, usize, Message)> = Vec::new();
    for story in stories {
        for (number, (at, kind, bed)) in story.happenings().into_iter().enumerate() {
            all.push((at, number, story.message(number, at, kind, bed)?));
        }
    }
    all.sort_by_key(|(at, number, _)| (*at, *number));
    Ok(all
        .iter()
        .flat_map(|(_, _, message)| message.to_bytes())
        .collect())
}

impl SpellStory {
    fn happenings(&self) -> Vec<(Timestamp, &'static str, &Bed)> {
        let mut told = vec![(self.admitted, "A01", &self.bed)];
        told.extend(self.moves.iter().map(|(at, bed)| (*at, "A02", bed)));
        if let Some((at, _)) = &self.discharged {
            let last = self.moves.last().map_or(&self.bed, |(_, bed)| bed);
            told.push((*at, "A03", last));
        }
        told
    }

    fn message(
        &self,
        number: usize,
        at: Timestamp,
        trigger: &str,
        bed: &Bed,
    ) -> Result<Message, BuildError> {
        let organisation = self.organisation.as_str();
        let when = Ts::instant(at).to_string();
        let control_id = format!("{}-{}", self.visit_number, number + 1);
        let structure = if trigger == "A01" {
            "ADT_A01"
        } else {
            "ADT_A02"
        };
        let structure = if trigger == "A03" {
            "ADT_A03"
        } else {
            structure
        };
        let msh = SegmentBuilder::new("MSH")
            .text(3, "PAS")
            .text(4, organisation)
            .components(5, &["ROUTE"])
            .components(6, &["ROUTE"])
            .text(7, &when)
            .components(9, &["ADT", trigger, structure])
            .text(10, &control_id)
            .text(11, "P")
            .text(12, "2.4")
            .text(21, "ITKv1.0");
        let evn = SegmentBuilder::new("EVN").text(2, &when).text(6, &when);
        let mut builder = MessageBuilder::new()
            .segment(msh)
            .segment(evn)
            .segment(self.patient.pid());
        if let Some(practice) = &self.patient.practice {
            let pd1 = SegmentBuilder::new("PD1").components(3, &["", "", practice.as_str()]);
            builder = builder.segment(pd1);
        }
        builder = builder.segment(self.pv1(bed, trigger));
        if let Some(pv2) = self.pv2() {
            builder = builder.segment(pv2);
        }
        if let Some(fit) = self.fit_since.filter(|fit| *fit <= at) {
            let zu1 = SegmentBuilder::new("ZU1")
                .text(22, "Y")
                .text(24, &Ts::instant(fit).to_string());
            builder = builder.segment(zu1);
        }
        if let Some(diagnosis) = &self.diagnosis {
            let dg1 = SegmentBuilder::new("DG1")
                .text(1, "1")
                .components(3, &[diagnosis, "", "I10"])
                .text(6, "W")
                .text(15, "1");
            builder = builder.segment(dg1);
        }
        builder.build()
    }

    fn pv2(&self) -> Option<SegmentBuilder> {
        let expected = self.expected.map(|day| Ts::day(day).to_string());
        let arrived_by = self.arrived_by.as_deref();
        (expected.is_some() || arrived_by.is_some()).then(|| {
            SegmentBuilder::new("PV2")
                .text(9, &expected.unwrap_or_default())
                .text(38, arrived_by.unwrap_or_default())
        })
    }

    fn pv1(&self, bed: &Bed, trigger: &str) -> SegmentBuilder {
        let pv1 = SegmentBuilder::new("PV1")
            .text(1, "1")
            .text(2, "I")
            .components(
                3,
                &[self.organisation.as_str(), &bed.ward, &bed.bed, &bed.site],
            )
            .text(4, &self.method)
            .text(10, &self.specialty)
            .text(14, self.came_from.as_deref().unwrap_or_default())
            .components(19, &[&self.visit_number, "", "", "VISITID"])
            .text(44, &Ts::instant(self.admitted).to_string());
        match &self.discharged {
            Some((at, destination)) if trigger == "A03" => pv1
                .text(36, destination)
                .text(45, &Ts::instant(*at).to_string()),
            _ => pv1,
        }
    }
}

impl SpellPatient {
    fn pid(&self) -> SegmentBuilder {
        let (given, further) = self.given.split_once(' ').unwrap_or((&self.given, ""));
        let mut pid = SegmentBuilder::new("PID").text(1, "1");
        if let Some(number) = self.nhs_number {
            pid = pid.repeat(3, &[&number.digits(), "", "", "NHS"]);
        }
        if !self.local.is_empty() {
            pid = pid.repeat(3, &[&self.local, "", "", "", "PI"]);
        }
        pid = pid.components(5, &[&self.family, given, further, "", "", "", "L"]);
        if let Some(born) = self.born {
            pid = pid.text(7, &Ts::day(born).to_string());
        }
        let line = |number: usize| self.address.get(number).map_or("", String::as_str);
        let postcode = self
            .postcode
            .map(|postcode| postcode.to_string())
            .unwrap_or_default();
        pid.text(8, &self.sex).components(
            11,
            &[line(0), line(1), line(2), line(3), &postcode, "GBR", "H"],
        )
    }
}
