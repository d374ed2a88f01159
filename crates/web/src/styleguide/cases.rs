//! A made-up child, and what pages show of an episode.

use views::{
    BoardLine, ChildHead, Coming, Doing, DutyKey, DutyLine, FieldLine, Limit, Modality, Source, State, Strip, Tag,
    TimelineItem, Urgency, When,
};

fn tag(word: &str, text: &str, colour: &'static str) -> Tag {
    Tag { word: word.into(), text: text.into(), colour }
}

fn at(iso: &str, words: &str) -> When {
    let (clock, day) = words.split_once(' ').unwrap_or((words, ""));
    When {
        iso: iso.into(),
        clock: clock.into(),
        day: day.trim_start_matches("on ").into(),
        words: words.into(),
        ..When::default()
    }
}

fn limit(iso: &str, words: &str, left: &str, urgency: Urgency) -> Limit {
    Limit { at: Some(at(iso, words)), left: left.into(), urgency, at_once: false }
}

fn key_of(rule: &str) -> DutyKey {
    DutyKey { rulebook: "area".into(), rule: rule.into(), ..DutyKey::default() }
}

fn duty(key: &str, label: &str, limit: Limit) -> DutyLine {
    DutyLine {
        key: key_of(key),
        child: "riley".into(),
        child_name: "Riley Marsh".into(),
        initials: "RM".into(),
        episode: Some("e1".into()),
        label: label.into(),
        owner_name: "children's home staff".into(),
        mine: true,
        state: State::Due,
        limit,
        sources: vec![Source { rulebook: "The county’s protocol".into(), provisions: "7.22-e".into() }],
        doing: Some(Doing { event: "notification.sent".into(), label: "Record it".into(), duty: key_of(key) }),
        ..DutyLine::default()
    }
}

pub fn next() -> DutyLine {
    duty(
        "next",
        "Report the child missing to the police",
        limit("2026-01-06T02:27:00+00:00", "02:27 today", "45 min late", Urgency::Overdue),
    )
}

pub fn duties() -> Vec<DutyLine> {
    let told = DutyLine {
        to_tell: "Emergency duty team, parent".into(),
        doing: Some(Doing { event: "notification.sent".into(), label: "Tell them".into(), duty: key_of("d2") }),
        ..duty(
            "d2",
            "Tell those who must know that Riley is missing",
            limit("2026-01-06T03:40:00+00:00", "03:40 today", "28 min left", Urgency::Soon),
        )
    };
    let meeting = DutyLine {
        mine: false,
        owner_name: "team manager, social care".into(),
        doing: Some(Doing { event: "strategy.held".into(), label: "Record it".into(), duty: key_of("d3") }),
        local: "time set locally".into(),
        ..duty(
            "d3",
            "Hold the first strategy meeting",
            limit("2026-01-07T18:00:00+00:00", "18:00 on Wed 7 Jan", "1 d 14 h left", Urgency::Later),
        )
    };
    let unknown = DutyLine {
        state: State::CannotTell,
        missing: "Not recorded: whether the child is looked after by a local authority".into(),
        doing: None,
        ..duty("d4", "Tell the independent reviewing officer", Limit::default())
    };
    let consider = DutyLine {
        modality: Modality::Consider,
        ..duty("d5", "A press appeal, with the police", Limit { left: "no time set".into(), ..Limit::default() })
    };
    let done = DutyLine {
        state: State::Done,
        done: Some(at("2026-01-05T19:10:00+00:00", "19:10 yesterday")),
        doing: None,
        ..duty("d6", "Search the home and the grounds", Limit::default())
    };
    let late = duty("d1", "Report the child missing to the police", next().limit);
    vec![late, told, meeting, unknown, consider, done]
}

fn child(id: &str, name: &str, initials: &str, age: &str, placement: &str) -> ChildHead {
    let [id, name, initials, age, placement] = [id, name, initials, age, placement].map(String::from);
    ChildHead { id, name, initials, age, placement, ..ChildHead::default() }
}

pub fn board() -> Vec<BoardLine> {
    let riley = BoardLine {
        child: child("riley", "Riley Marsh", "RM", "14", "Larkfield House"),
        episode: "e1".into(),
        status: tag("missing", "Missing", "red"),
        since: at("2026-01-05T12:52:00+00:00", "12:52 yesterday"),
        gone_for: "14 h 20 min".into(),
        risk: tag("high", "High", "red"),
        reported: true,
        next_limit: limit("2026-01-06T02:27:00+00:00", "02:27 today", "45 min late", Urgency::Overdue),
        next_label: "Review the risk (police)".into(),
        last_entry: Some(at("2026-01-06T01:58:00+00:00", "01:58 today")),
        last_entry_words: "The police searched a place".into(),
        ..BoardLine::default()
    };
    let sam = BoardLine {
        child: child("sam", "Samira Okonkwo-Featherstonehaugh", "SO", "16", "With foster carers"),
        status: tag("absent", "Absent", "orange"),
        since: at("2026-01-06T00:30:00+00:00", "00:30 today"),
        gone_for: "2 h 42 min".into(),
        risk: tag("not-graded", "Not graded", "grey"),
        reported: false,
        next_limit: limit("2026-01-06T03:40:00+00:00", "03:40 today", "28 min left", Urgency::Soon),
        next_label: "Report to the police (foster carer)".into(),
        last_entry: Some(at("2026-01-06T02:05:00+00:00", "02:05 today")),
        last_entry_words: "An enquiry was made".into(),
        ..riley.clone()
    };
    vec![riley, sam]
}

pub fn strips() -> Vec<Strip> {
    let missing = Strip {
        open: true,
        status: tag("missing", "Missing", "red"),
        headline: "Missing for 14 h 20 min".into(),
        since: at("2026-01-05T12:52:00+00:00", "12:52 yesterday"),
        risk: tag("high", "High", "red"),
        risk_note: "since 19:10 yesterday, graded by the police".into(),
        assessed: "High, by the social worker at 19:40 yesterday".into(),
        reported: Some(at("2026-01-05T18:55:00+00:00", "18:55 yesterday")),
        incident_number: "NP-20260105-311".into(),
        ..Strip::default()
    };
    let absent = Strip {
        status: tag("absent", "Absent", "orange"),
        headline: "Absent for 2 h 42 min".into(),
        since: at("2026-01-06T00:30:00+00:00", "00:30 today"),
        risk: tag("not-graded", "Not graded", "grey"),
        risk_note: String::new(),
        assessed: String::new(),
        reported: None,
        incident_number: String::new(),
        ..missing.clone()
    };
    let returned = Strip {
        open: false,
        status: tag("returned", "Returned", "green"),
        headline: "Returned after 2 h 50 min".into(),
        returned: Some(at("2026-01-05T20:55:00+00:00", "20:55 yesterday")),
        interview: "Declined".into(),
        ..missing.clone()
    };
    vec![missing, absent, returned]
}

pub fn timeline() -> Vec<TimelineItem> {
    let line = |field: &str, label: &str, value: &str, quoted: bool| FieldLine {
        field: field.into(),
        label: label.into(),
        value: value.into(),
        quoted,
        photograph: None,
    };
    let graded = TimelineItem {
        id: "t1".into(),
        title: "The police graded the risk".into(),
        occurred: at("2026-01-05T19:10:00+00:00", "19:10 yesterday"),
        by: "Grace Oduya, police missing persons unit".into(),
        fields: vec![
            line("level", "Risk", "High", false),
            line("reason", "Why", "Fourth time in a month; an older man waits near the home.", false),
        ],
        can_correct: true,
        ..TimelineItem::default()
    };
    let told = TimelineItem {
        id: "t2".into(),
        title: "Somebody was told".into(),
        occurred: at("2026-01-05T18:55:00+00:00", "18:55 yesterday"),
        by: "Dana Holt, children's home staff".into(),
        late: "recorded 40 min later".into(),
        fields: vec![
            line("to", "Who", "Parent", false),
            line("words", "What they said", "She has not been here since Sunday.", true),
        ],
        ..graded.clone()
    };
    let withdrawn = TimelineItem {
        id: "t3".into(),
        title: "A search was made".into(),
        occurred: at("2026-01-05T18:40:00+00:00", "18:40 yesterday"),
        by: "Dana Holt, children's home staff".into(),
        note: "It was another child’s room.".into(),
        withdrawn: true,
        fields: Vec::new(),
        can_correct: false,
        ..graded.clone()
    };
    vec![graded, told, withdrawn]
}

pub fn coming() -> Vec<Coming> {
    let coming = |iso: &str, when: &str, label: &str, words: &str, owner: &str| Coming {
        at: at(iso, when),
        label: label.into(),
        words: words.into(),
        owner_name: owner.into(),
        key: key_of("d3"),
        ..Coming::default()
    };
    vec![
        coming("2026-01-06T05:00:00+00:00", "05:00 today", "Review the risk", "Its limit", "police"),
        coming(
            "2026-01-06T12:52:00+00:00",
            "12:52 today",
            "Hold a strategy meeting",
            "Will be asked, due at 18:00 on Wed 7 Jan",
            "team manager",
        ),
    ]
}
