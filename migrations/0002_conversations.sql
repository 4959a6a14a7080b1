-- Conversations: methods, planning, answers, and the first-class things that come out of them.
--
-- What a row is about decides the key that seals it: `dossier` is a pupil's id, or the own dossier of
-- a group for what is said in a group conversation. Everything somebody typed is in a *_sealed column.

-- A method as text, in the version that conversations point at. origin: 1 shipped, 2 own.
-- state: 1 draft, 2 published, 3 withdrawn. body: YAML, sealed with the school's own key.
CREATE TABLE method_version (
    school BIGINT NOT NULL REFERENCES school (id),
    id BIGINT NOT NULL,
    method_key TEXT NOT NULL,
    version INTEGER NOT NULL,
    origin INTEGER NOT NULL CHECK (origin IN (1, 2)),
    state INTEGER NOT NULL CHECK (state IN (1, 2, 3)),
    body_sealed BYTEA NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    published_at BIGINT,
    PRIMARY KEY (school, id),
    UNIQUE (school, method_key, version)
) /*STRICT, WITHOUT ROWID*/;

-- The key of what belongs to a group and to no single pupil (K18). The dossier has kind 4.
CREATE TABLE group_dossier (
    school BIGINT NOT NULL,
    teaching_group BIGINT NOT NULL,
    dossier BIGINT NOT NULL,
    PRIMARY KEY (school, teaching_group),
    FOREIGN KEY (school, teaching_group) REFERENCES teaching_group (school, id),
    FOREIGN KEY (school, dossier) REFERENCES dossier (school, id)
) /*STRICT, WITHOUT ROWID*/;

-- A round: one method for all pupils of a group (R1). Days inclusive; slots: minutes since midnight.
CREATE TABLE conversation_round (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    teaching_group BIGINT NOT NULL,
    method_version BIGINT NOT NULL,
    leader BIGINT NOT NULL,
    from_on TEXT NOT NULL CHECK (length(from_on) = 10),
    until_on TEXT NOT NULL CHECK (length(until_on) = 10),
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 180),
    made_at BIGINT NOT NULL,
    closed_at BIGINT,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, teaching_group) REFERENCES teaching_group (school, id),
    FOREIGN KEY (school, method_version) REFERENCES method_version (school, id),
    FOREIGN KEY (school, leader) REFERENCES staff (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX conversation_round_by_group ON conversation_round (school, teaching_group);

-- dossier: whose key seals. pupil: NULL for a conversation of a group. teaching_group: NULL for one
-- pupil. state: 1 planned, 2 invited, 3 prepared, 4 under way, 5 closed, 6 evaluated, 7 cancelled.
-- planned_minute: since midnight, -1 no time. preread: whether the teacher may read the pupil's
-- preparation before the conversation (P6): 0 not decided, 1 yes, 2 first in the conversation; of a group each
-- pupil decides (conversation_person.preread).
-- is_informal: noted afterwards, "just talked" (K2). code_index: of the short code on paper (R2).
-- here: the question that all screens show. look_on: when we look back.
CREATE TABLE conversation (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    dossier BIGINT NOT NULL,
    pupil BIGINT,
    teaching_group BIGINT,
    method_version BIGINT NOT NULL,
    leader BIGINT NOT NULL,
    round BIGINT,
    follows BIGINT,
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 7),
    is_informal INTEGER NOT NULL CHECK (is_informal IN (0, 1)),
    planned_on TEXT CHECK (planned_on IS NULL OR length(planned_on) = 10),
    planned_minute INTEGER NOT NULL CHECK (planned_minute BETWEEN -1 AND 1439),
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 180),
    held_on TEXT CHECK (held_on IS NULL OR length(held_on) = 10),
    look_on TEXT CHECK (look_on IS NULL OR length(look_on) = 10),
    preread INTEGER NOT NULL CHECK (preread IN (0, 1, 2)),
    here TEXT NOT NULL,
    code_index BYTEA,
    details_sealed BYTEA NOT NULL,
    version INTEGER NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    closed_at BIGINT,
    PRIMARY KEY (school, id),
    UNIQUE (school, code_index),
    FOREIGN KEY (school, dossier) REFERENCES dossier (school, id),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id),
    FOREIGN KEY (school, teaching_group) REFERENCES teaching_group (school, id),
    FOREIGN KEY (school, method_version) REFERENCES method_version (school, id),
    FOREIGN KEY (school, leader) REFERENCES staff (school, id),
    FOREIGN KEY (school, round) REFERENCES conversation_round (school, id),
    FOREIGN KEY (school, follows) REFERENCES conversation (school, id)
) /*STRICT, WITHOUT ROWID*/;
-- These two hold all that counting asks: who was heard when, and what is to come, without opening a conversation.
CREATE INDEX conversation_by_pupil ON conversation (school, pupil, held_on, state, is_informal);
CREATE INDEX conversation_to_come ON conversation (school, pupil, state, planned_on, planned_minute, held_on, is_informal) WHERE state < 5;
-- The few that wait to be looked back on.
CREATE INDEX conversation_to_look_back ON conversation (school, pupil, look_on) WHERE state = 5 AND look_on IS NOT NULL;
CREATE INDEX conversation_by_leader ON conversation (school, leader, state, planned_on);
CREATE INDEX conversation_by_round ON conversation (school, round);
CREATE INDEX conversation_by_group ON conversation (school, teaching_group);

-- Who takes part besides the leader, and how far they are. kind: 1 staff, 2 pupil, 3 guardian,
-- 4 external (an id of its own; name in name_sealed). part: enum method_part; of a pupil 1 when the conversation
-- is about that pupil, 2 when it is of a group. preread: as that of conversation, for each pupil of a group.
CREATE TABLE conversation_person (
    school BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3, 4)),
    person BIGINT NOT NULL,
    part INTEGER NOT NULL,
    name_sealed BYTEA,
    preread INTEGER NOT NULL CHECK (preread IN (0, 1, 2)),
    invited_at BIGINT,
    prepared_at BIGINT,
    PRIMARY KEY (school, conversation, kind, person),
    FOREIGN KEY (school, conversation) REFERENCES conversation (school, id)
) /*STRICT, WITHOUT ROWID*/;
-- With part: the few conversations of groups that a pupil was in are found without reading all others.
CREATE INDEX conversation_person_by_person ON conversation_person (school, person, kind, part);

-- Where it stood before it was moved, and why it was cancelled: the history of the plan.
CREATE TABLE conversation_moment (
    school BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    version INTEGER NOT NULL,
    state INTEGER NOT NULL,
    planned_on TEXT,
    planned_minute INTEGER NOT NULL,
    changed_by BIGINT NOT NULL,
    reason_sealed BYTEA,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (school, conversation, version),
    FOREIGN KEY (school, conversation) REFERENCES conversation (school, id)
) /*STRICT, WITHOUT ROWID*/;

-- A link with which a guardian or an external prepares or reads: the directory, so that the token finds
-- its school. of_kind: 3 guardian, 4 external; of_person: guardian or external of the conversation.
-- purpose: 1 prepare, and read afterwards; 2 read what was shared. Sessions name the id.
CREATE TABLE visit_link (
    token_hash BYTEA PRIMARY KEY,
    id BIGINT NOT NULL UNIQUE,
    at_school BIGINT NOT NULL REFERENCES school (id),
    of_conversation BIGINT NOT NULL,
    of_kind INTEGER NOT NULL CHECK (of_kind IN (3, 4)),
    of_person BIGINT NOT NULL,
    purpose INTEGER NOT NULL CHECK (purpose IN (1, 2)),
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    revoked_at BIGINT
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX visit_link_by_conversation ON visit_link (at_school, of_conversation);

-- The present text per question, voice and (where several speak in one voice) person, else 0. dossier: whose key
-- seals: the conversation's, and what one pupil of a group said that pupil's own.
-- author_kind: 1 staff, 2 pupil, 3 guardian, 4 the program.
CREATE TABLE answer (
    school BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    question TEXT NOT NULL,
    voice INTEGER NOT NULL CHECK (voice BETWEEN 1 AND 5),
    person BIGINT NOT NULL,
    version INTEGER NOT NULL,
    dossier BIGINT NOT NULL,
    author_kind INTEGER NOT NULL,
    author BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (school, conversation, question, voice, person),
    FOREIGN KEY (school, conversation) REFERENCES conversation (school, id),
    FOREIGN KEY (school, dossier) REFERENCES dossier (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX answer_by_dossier ON answer (school, dossier);

-- Every text an answer had. stood: 0 for the other text of a conflict, kept but not standing.
CREATE TABLE answer_version (
    school BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    question TEXT NOT NULL,
    voice INTEGER NOT NULL,
    person BIGINT NOT NULL,
    version INTEGER NOT NULL,
    stood INTEGER NOT NULL CHECK (stood IN (0, 1)),
    dossier BIGINT NOT NULL,
    author_kind INTEGER NOT NULL,
    author BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (school, conversation, question, voice, person, version),
    FOREIGN KEY (school, conversation) REFERENCES conversation (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX answer_version_by_dossier ON answer_version (school, dossier);

-- A photo, scan or file. kind: 1 picture, 2 other. conversation and goal: where it hangs, NULL elsewhere.
CREATE TABLE attachment (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    dossier BIGINT NOT NULL,
    conversation BIGINT,
    kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    name_sealed BYTEA,
    body_sealed BYTEA NOT NULL,
    made_by_kind INTEGER NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, dossier) REFERENCES dossier (school, id),
    FOREIGN KEY (school, conversation) REFERENCES conversation (school, id)
) /*STRICT*/;
CREATE INDEX attachment_by_dossier ON attachment (school, dossier);
CREATE INDEX attachment_by_conversation ON attachment (school, conversation);

-- What comes out of conversations and is followed until it ends. kind: 1 goal, 2 need, 3 agreement, 4 child plan.
-- pupil: none where it is a group's own. conversation, question: where it was said, NULL when that was elsewhere. of_goal: the goal it
-- belongs to. became: the one it went on as. sort: of a need what it is about, 1 task, 2 explanation, 3 feedback, 4 material,
-- 5 peers, 6 teacher, 7 parents, 8 surroundings (H8); of an agreement who does it, 1 staff, 2 pupil, 3 guardian, 4 somebody
-- else (named in body), 5 together; else 0. who: the id of who does it, or 0. state: 1 open; of a goal 2 reached, 3 let go; of a
-- need 2 over; of an agreement 2 kept, 3 changed (went on as another), 4 dropped; of a plan 2 looked back on. due_on: by
-- when, of a goal the end of its period. look_on: when we look back. body: what it says, in parts (src/goal, agreement, plan).
CREATE TABLE thing (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
    pupil BIGINT,
    dossier BIGINT NOT NULL,
    conversation BIGINT,
    question TEXT,
    of_goal BIGINT,
    became BIGINT,
    sort INTEGER NOT NULL,
    who BIGINT NOT NULL,
    voice INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),
    from_on TEXT NOT NULL CHECK (length(from_on) = 10),
    due_on TEXT CHECK (due_on IS NULL OR length(due_on) = 10),
    look_on TEXT CHECK (look_on IS NULL OR length(look_on) = 10),
    ended_on TEXT CHECK (ended_on IS NULL OR length(ended_on) = 10),
    celebrated_at BIGINT,
    version INTEGER NOT NULL,
    author_kind INTEGER NOT NULL,
    author BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id),
    FOREIGN KEY (school, dossier) REFERENCES dossier (school, id),
    FOREIGN KEY (school, conversation) REFERENCES conversation (school, id),
    FOREIGN KEY (school, of_goal) REFERENCES thing (school, id),
    FOREIGN KEY (school, became) REFERENCES thing (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX thing_by_dossier ON thing (school, dossier, state, look_on);
-- The day it comes back: what is due stands for what has no day of its own, but of agreements (src/plan/lookback.sql).
CREATE INDEX thing_to_come_back ON thing (school, dossier, COALESCE(look_on, CASE WHEN kind <> 3 THEN due_on END)) WHERE state = 1;
CREATE INDEX thing_to_celebrate ON thing (school, dossier, ended_on) WHERE state = 2 AND celebrated_at IS NULL;
CREATE INDEX thing_by_goal ON thing (school, of_goal);

CREATE TABLE thing_version (
    school BIGINT NOT NULL,
    thing BIGINT NOT NULL,
    version INTEGER NOT NULL,
    state INTEGER NOT NULL,
    author_kind INTEGER NOT NULL,
    author BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (school, thing, version),
    FOREIGN KEY (school, thing) REFERENCES thing (school, id)
) /*STRICT, WITHOUT ROWID*/;

-- Everybody who does an agreement that is open, for who looks up what they promised: what ended would only be waded
-- through. who_kind and who as sort and who of the thing.
CREATE TABLE thing_who (
    school BIGINT NOT NULL,
    thing BIGINT NOT NULL,
    who_kind INTEGER NOT NULL,
    who BIGINT NOT NULL,
    PRIMARY KEY (school, thing, who_kind, who),
    FOREIGN KEY (school, thing) REFERENCES thing (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX thing_who_by_who ON thing_who (school, who, who_kind);

-- What happened on the way: kind 1 a step of the dot on the horizon (due_on, done_on), 2 progress (how
-- far am I: place 1 not at all … 5 can, want harder), 3 evidence brought by the pupil (P13).
CREATE TABLE goal_step (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    goal BIGINT NOT NULL,
    kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3)),
    place INTEGER NOT NULL,
    due_on TEXT CHECK (due_on IS NULL OR length(due_on) = 10),
    done_on TEXT CHECK (done_on IS NULL OR length(done_on) = 10),
    attachment BIGINT,
    author_kind INTEGER NOT NULL,
    author BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, goal) REFERENCES thing (school, id),
    FOREIGN KEY (school, attachment) REFERENCES attachment (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX goal_step_by_goal ON goal_step (school, goal);

-- A look at how it goes, in between or at the end. outcome: 1 goes well, 2 partly, 3 not yet.
CREATE TABLE agreement_check (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    agreement BIGINT NOT NULL,
    outcome INTEGER NOT NULL CHECK (outcome IN (1, 2, 3)),
    author_kind INTEGER NOT NULL,
    author BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, agreement) REFERENCES thing (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX agreement_check_by_agreement ON agreement_check (school, agreement);

-- What may be told to whom (H6, R5): per thing and reader, decided with the pupil. thing_kind: 1 answer
-- (thing: conversation, question and voice), 2 goal, 3 need, 4 agreement, 5 plan, 6 whole conversation.
-- reader_kind: 1 colleague (staff id), 3 guardian (0: all guardians), 4 external. decision: 1 yes, 2 no,
-- 3 the pupil tells it. The newest row per thing and reader stands. body: why, when, how.
-- decided_kind: 1 staff, 2 pupil, 5 together.
CREATE TABLE sharing (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    thing_kind INTEGER NOT NULL CHECK (thing_kind BETWEEN 1 AND 6),
    thing BIGINT NOT NULL,
    question TEXT NOT NULL,
    voice INTEGER NOT NULL,
    reader_kind INTEGER NOT NULL CHECK (reader_kind IN (1, 3, 4)),
    reader BIGINT NOT NULL,
    decision INTEGER NOT NULL CHECK (decision IN (1, 2, 3)),
    decided_kind INTEGER NOT NULL,
    decided_by BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    ends_on TEXT CHECK (ends_on IS NULL OR length(ends_on) = 10),
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX sharing_by_pupil ON sharing (school, pupil, thing_kind, thing);

-- Safety goes first: shared against or without the pupil's choice, with the reason, and when the pupil
-- was told (R5).
CREATE TABLE sharing_exception (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    conversation BIGINT,
    made_by BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    told_on TEXT CHECK (told_on IS NULL OR length(told_on) = 10),
    made_at BIGINT NOT NULL,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id),
    FOREIGN KEY (school, made_by) REFERENCES staff (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX sharing_exception_by_pupil ON sharing_exception (school, pupil);

-- The teacher's own place on the four levels of listening (P4): sealed with the teacher's own key.
CREATE TABLE listening (
    school BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    level_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (school, conversation, staff),
    FOREIGN KEY (school, conversation) REFERENCES conversation (school, id),
    FOREIGN KEY (school, staff) REFERENCES staff (school, id)
) /*STRICT, WITHOUT ROWID*/;

-- "I want to talk" (the hand on every page of a child): until somebody talked or put it away.
CREATE TABLE talk_wish (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT,
    ended_at BIGINT,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX talk_wish_by_pupil ON talk_wish (school, pupil, ended_at);
CREATE INDEX talk_wish_open ON talk_wish (school, pupil, made_at) WHERE ended_at IS NULL;

-- How often a school wants every pupil heard, per half year (K2, R17).
CREATE TABLE hearing_target (
    school BIGINT PRIMARY KEY REFERENCES school (id),
    per_half_year INTEGER NOT NULL CHECK (per_half_year BETWEEN 0 AND 10),
    changed_at BIGINT NOT NULL
) /*STRICT*/;

-- A calendar that a member of staff subscribes to: the token's hash finds them. Shows that, never what.
CREATE TABLE calendar_feed (
    token_hash BYTEA PRIMARY KEY,
    at_school BIGINT NOT NULL REFERENCES school (id),
    of_staff BIGINT NOT NULL,
    made_at BIGINT NOT NULL
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX calendar_feed_by_staff ON calendar_feed (at_school, of_staff);

-- Mail waiting to be sent. address and text are sealed with the installation's key; once it went out
-- (sent_at) they are emptied, and the row only says for a few days that it went.
CREATE TABLE mail_out (
    id BIGINT PRIMARY KEY,
    at_school BIGINT NOT NULL REFERENCES school (id),
    kind INTEGER NOT NULL,
    address_sealed BYTEA NOT NULL,
    body_sealed BYTEA NOT NULL,
    tries INTEGER NOT NULL,
    send_at BIGINT NOT NULL,
    sent_at BIGINT,
    made_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX mail_out_by_time ON mail_out (sent_at, send_at);

-- A moment of a pupil's OPP (the plan of own development) and how the pupil was heard about it (R7). kind: 1 drawn up,
-- 2 adjusted, 3 evaluated. heard: 1 yes, 2 no (why not is in body). way: 1 conversation, 2 drawing, 3 in
-- writing, 4 through somebody the pupil trusts, 0 not heard. conversation: in which the words were said. told_on: the
-- pupil was told what was done with it. body: parts words (the pupil's), present, done, why, reason.
CREATE TABLE opp_moment (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    conversation BIGINT,
    kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3)),
    moment_on TEXT NOT NULL CHECK (length(moment_on) = 10),
    heard INTEGER NOT NULL CHECK (heard IN (1, 2)),
    way INTEGER NOT NULL CHECK (way BETWEEN 0 AND 4),
    heard_on TEXT CHECK (heard_on IS NULL OR length(heard_on) = 10),
    told_on TEXT CHECK (told_on IS NULL OR length(told_on) = 10),
    version INTEGER NOT NULL,
    author BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id),
    FOREIGN KEY (school, conversation) REFERENCES conversation (school, id),
    FOREIGN KEY (school, author) REFERENCES staff (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX opp_moment_by_pupil ON opp_moment (school, pupil, removed_at, moment_on);

-- Every text and every fact it had: the parts of body, and the columns above as further parts.
CREATE TABLE opp_moment_version (
    school BIGINT NOT NULL,
    opp_moment BIGINT NOT NULL,
    version INTEGER NOT NULL,
    author BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (school, opp_moment, version),
    FOREIGN KEY (school, opp_moment) REFERENCES opp_moment (school, id)
) /*STRICT, WITHOUT ROWID*/;
