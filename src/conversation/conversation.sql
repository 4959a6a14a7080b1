-- conversation_insert(school school_id, id conversation_id, dossier dossier_id, pupil pupil_id?, teaching_group group_id?, method_version method_version_id, leader staff_id, round conversation_round_id?, follows conversation_id?, state int, is_informal bool, planned_on date?, planned_minute int, minutes int, held_on date?, details_sealed sealed, at time, closed time?) exec
INSERT INTO conversation (school, id, dossier, pupil, teaching_group, method_version, leader, round, follows, state, is_informal,
                          planned_on, planned_minute, minutes, held_on, look_on, preread, here, code_index, details_sealed, version,
                          made_at, changed_at, closed_at)
VALUES (:school, :id, :dossier, :pupil, :teaching_group, :method_version, :leader, :round, :follows, :state, :is_informal,
        :planned_on, :planned_minute, :minutes, :held_on, NULL, 0, '', NULL, :details_sealed, 1, :at, :at, :closed);

-- The version in the WHERE makes sure that nobody wrote in between.
-- conversation_update(school school_id, id conversation_id, from_version int, state int, planned_on date?, planned_minute int, minutes int, held_on date?, look_on date?, preread int, details_sealed sealed, at time, closed time?) exec
UPDATE conversation
   SET state = :state, planned_on = :planned_on, planned_minute = :planned_minute, minutes = :minutes, held_on = :held_on,
       look_on = :look_on, preread = :preread, details_sealed = :details_sealed, version = version + 1, changed_at = :at, closed_at = :closed
 WHERE school = :school AND id = :id AND version = :from_version;

-- conversation_set_here(school school_id, id conversation_id, here text) exec
UPDATE conversation SET here = :here WHERE school = :school AND id = :id;

-- conversation_moment_insert(school school_id, conversation conversation_id, version int, state int, planned_on date?, planned_minute int, changed_by long, reason_sealed sealed?, at time) exec
INSERT INTO conversation_moment (school, conversation, version, state, planned_on, planned_minute, changed_by, reason_sealed, made_at)
VALUES (:school, :conversation, :version, :state, :planned_on, :planned_minute, :changed_by, :reason_sealed, :at);

-- conversation_row(school school_id, id conversation_id) one
SELECT c.id, c.dossier, c.pupil, c.teaching_group, c.method_version, v.method_key, c.leader, c.round, c.follows, c.state, c.is_informal,
       c.planned_on, c.planned_minute, c.minutes, c.held_on, c.look_on, c.preread, c.here, c.version,
       c.made_at, c.changed_at, c.closed_at, c.details_sealed, d.slot, d.key_wrapped,
       s.profile_sealed AS leader_sealed, ds.slot AS leader_slot, ds.key_wrapped AS leader_key_wrapped
  FROM conversation c
  JOIN method_version v ON v.school = c.school AND v.id = c.method_version
  JOIN dossier d ON d.school = c.school AND d.id = c.dossier
  JOIN staff s ON s.school = c.school AND s.id = c.leader
  JOIN dossier ds ON ds.school = s.school AND ds.id = s.id
 WHERE c.school = :school AND c.id = :id;

-- About the pupil, or of a group in which the pupil takes part (part 2). CROSS JOIN: from these few to the rest.
-- conversation_rows_of_pupil(school school_id, pupil pupil_id, most int) many as conversation_row
SELECT c.id, c.dossier, c.pupil, c.teaching_group, c.method_version, v.method_key, c.leader, c.round, c.follows, c.state, c.is_informal,
       c.planned_on, c.planned_minute, c.minutes, c.held_on, c.look_on, c.preread, c.here, c.version,
       c.made_at, c.changed_at, c.closed_at, c.details_sealed, d.slot, d.key_wrapped,
       s.profile_sealed AS leader_sealed, ds.slot AS leader_slot, ds.key_wrapped AS leader_key_wrapped
  FROM (SELECT own.school, own.id FROM conversation own WHERE own.school = :school AND own.pupil = :pupil
        UNION ALL
        SELECT p.school, p.conversation AS id FROM conversation_person p
         WHERE p.school = :school AND p.person = :pupil AND p.kind = 2 AND p.part = 2) x
 CROSS JOIN conversation c
  JOIN method_version v ON v.school = c.school AND v.id = c.method_version
  JOIN dossier d ON d.school = c.school AND d.id = c.dossier
  JOIN staff s ON s.school = c.school AND s.id = c.leader
  JOIN dossier ds ON ds.school = s.school AND ds.id = s.id
 WHERE c.school = x.school AND c.id = x.id AND c.school = :school
 ORDER BY COALESCE(c.held_on, c.planned_on, '9999-12-31') DESC, c.made_at DESC, c.id LIMIT :most;

-- conversation_rows_of_self(school school_id, pupil long, most int) many as conversation_row
SELECT c.id, c.dossier, c.pupil, c.teaching_group, c.method_version, v.method_key, c.leader, c.round, c.follows, c.state, c.is_informal,
       c.planned_on, c.planned_minute, c.minutes, c.held_on, c.look_on, c.preread, c.here, c.version,
       c.made_at, c.changed_at, c.closed_at, c.details_sealed, d.slot, d.key_wrapped,
       s.profile_sealed AS leader_sealed, ds.slot AS leader_slot, ds.key_wrapped AS leader_key_wrapped
  FROM conversation_person p
  JOIN conversation c ON c.school = p.school AND c.id = p.conversation
  JOIN method_version v ON v.school = c.school AND v.id = c.method_version
  JOIN dossier d ON d.school = c.school AND d.id = c.dossier
  JOIN staff s ON s.school = c.school AND s.id = c.leader
  JOIN dossier ds ON ds.school = s.school AND ds.id = s.id
 WHERE p.school = :school AND p.person = :pupil AND p.kind = 2
 ORDER BY COALESCE(c.held_on, c.planned_on, '9999-12-31') DESC, c.made_at DESC, c.id LIMIT :most;

-- In which a member of staff takes part without leading it, with the pupil it is about (NULL of a group): what is still to
-- come and going on first, then the newest.
-- conversation_taking_part_rows(school school_id, staff staff_id, most int) many
SELECT c.id, c.method_version, c.leader, c.state, c.planned_on, c.planned_minute, c.held_on,
       s.profile_sealed AS leader_sealed, ds.slot AS leader_slot, ds.key_wrapped AS leader_key_wrapped,
       c.pupil, u.profile_sealed AS pupil_sealed, du.slot AS pupil_slot, du.key_wrapped AS pupil_key_wrapped
  FROM conversation_person p
  JOIN conversation c ON c.school = p.school AND c.id = p.conversation
  JOIN dossier d ON d.school = c.school AND d.id = c.dossier
  JOIN staff s ON s.school = c.school AND s.id = c.leader
  JOIN dossier ds ON ds.school = s.school AND ds.id = s.id
  LEFT JOIN pupil u ON u.school = c.school AND u.id = c.pupil
  LEFT JOIN dossier du ON du.school = u.school AND du.id = u.id
 WHERE p.school = :school AND p.kind = 1 AND p.person = :staff AND c.leader <> :staff AND c.state <> 7
   AND d.key_wrapped IS NOT NULL
 ORDER BY CASE WHEN c.state < 5 THEN 0 ELSE 1 END, COALESCE(c.held_on, c.planned_on, '9999-12-31') DESC, c.made_at DESC, c.id
 LIMIT :most;

-- conversation_rows_of_group(school school_id, teaching_group group_id, most int) many as conversation_row
SELECT c.id, c.dossier, c.pupil, c.teaching_group, c.method_version, v.method_key, c.leader, c.round, c.follows, c.state, c.is_informal,
       c.planned_on, c.planned_minute, c.minutes, c.held_on, c.look_on, c.preread, c.here, c.version,
       c.made_at, c.changed_at, c.closed_at, c.details_sealed, d.slot, d.key_wrapped,
       s.profile_sealed AS leader_sealed, ds.slot AS leader_slot, ds.key_wrapped AS leader_key_wrapped
  FROM conversation c
  JOIN method_version v ON v.school = c.school AND v.id = c.method_version
  JOIN dossier d ON d.school = c.school AND d.id = c.dossier
  JOIN staff s ON s.school = c.school AND s.id = c.leader
  JOIN dossier ds ON ds.school = s.school AND ds.id = s.id
 WHERE c.school = :school AND c.teaching_group = :teaching_group
 ORDER BY COALESCE(c.held_on, c.planned_on, '9999-12-31') DESC, c.made_at DESC, c.id LIMIT :most;

-- conversation_rows_of_round(school school_id, round conversation_round_id, most int) many as conversation_row
SELECT c.id, c.dossier, c.pupil, c.teaching_group, c.method_version, v.method_key, c.leader, c.round, c.follows, c.state, c.is_informal,
       c.planned_on, c.planned_minute, c.minutes, c.held_on, c.look_on, c.preread, c.here, c.version,
       c.made_at, c.changed_at, c.closed_at, c.details_sealed, d.slot, d.key_wrapped,
       s.profile_sealed AS leader_sealed, ds.slot AS leader_slot, ds.key_wrapped AS leader_key_wrapped
  FROM conversation c
  JOIN method_version v ON v.school = c.school AND v.id = c.method_version
  JOIN dossier d ON d.school = c.school AND d.id = c.dossier
  JOIN staff s ON s.school = c.school AND s.id = c.leader
  JOIN dossier ds ON ds.school = s.school AND ds.id = s.id
 WHERE c.school = :school AND c.round = :round
 ORDER BY COALESCE(c.planned_on, '9999-12-31'), c.planned_minute, c.made_at, c.id LIMIT :most;

-- Counts only: nothing is opened, and conversations of the pupils' own are read from two indexes alone. A row for each
-- that is planned, each that was held since :since, alone or in a group, the newest of all, and each hand that is up,
-- where :hands asks for those. CROSS JOIN keeps SQLite from starting at the conversations of the whole school.
-- conversation_hearing_rows(school school_id, teaching_group group_id, since date, ever bool, hands bool) many
SELECT m.pupil AS about, c.id AS next, c.state AS state, c.is_informal AS is_informal, c.held_on AS held_on,
       c.planned_on AS planned_on, c.planned_minute AS planned_minute, CAST(0 AS BIGINT) AS asked_at,
       CAST(0 AS BIGINT) AS in_group
  FROM pupil_group m
 CROSS JOIN conversation c
 WHERE c.school = m.school AND c.pupil = m.pupil AND m.school = :school AND m.teaching_group = :teaching_group
   AND m.until_on IS NULL AND c.state < 5
UNION ALL
SELECT m.pupil AS about, c.id AS next, c.state AS state, c.is_informal AS is_informal, c.held_on AS held_on,
       NULL AS planned_on, -1 AS planned_minute, CAST(0 AS BIGINT) AS asked_at, CAST(0 AS BIGINT) AS in_group
  FROM pupil_group m
 CROSS JOIN conversation c
 WHERE c.school = m.school AND c.pupil = m.pupil AND m.school = :school AND m.teaching_group = :teaching_group
   AND m.until_on IS NULL AND c.held_on >= :since AND c.state BETWEEN 5 AND 6
UNION ALL
SELECT m.pupil AS about, NULL AS next, 5 AS state, 1 AS is_informal,
       (SELECT c.held_on FROM conversation c
         WHERE c.school = m.school AND c.pupil = m.pupil AND c.held_on IS NOT NULL AND c.state BETWEEN 5 AND 6
         ORDER BY c.held_on DESC LIMIT 1) AS held_on,
       NULL AS planned_on, -1 AS planned_minute, CAST(0 AS BIGINT) AS asked_at, CAST(0 AS BIGINT) AS in_group
  FROM pupil_group m
 WHERE m.school = :school AND m.teaching_group = :teaching_group AND m.until_on IS NULL AND :ever = 1
UNION ALL
SELECT m.pupil AS about, c.id AS next, c.state AS state, c.is_informal AS is_informal, c.held_on AS held_on,
       NULL AS planned_on, -1 AS planned_minute, CAST(0 AS BIGINT) AS asked_at, CAST(1 AS BIGINT) AS in_group
  FROM pupil_group m
 CROSS JOIN conversation_person p
 CROSS JOIN conversation c
 WHERE p.school = m.school AND p.person = m.pupil AND p.kind = 2 AND p.part = 2
   AND c.school = p.school AND c.id = p.conversation AND m.school = :school AND m.teaching_group = :teaching_group
   AND m.until_on IS NULL AND c.state IN (5, 6)
UNION ALL
SELECT w.pupil AS about, NULL AS next, 0 AS state, 0 AS is_informal, NULL AS held_on,
       NULL AS planned_on, -1 AS planned_minute, w.made_at AS asked_at, CAST(0 AS BIGINT) AS in_group
  FROM talk_wish w
 CROSS JOIN pupil_group m
 WHERE w.school = :school AND w.ended_at IS NULL AND m.school = w.school AND m.teaching_group = :teaching_group
   AND m.pupil = w.pupil AND m.until_on IS NULL AND :hands = 1;

-- conversation_person_insert(school school_id, conversation conversation_id, kind int, person long, part int, name_sealed sealed?, invited time?) exec
INSERT INTO conversation_person (school, conversation, kind, person, part, name_sealed, preread, invited_at, prepared_at)
VALUES (:school, :conversation, :kind, :person, :part, :name_sealed, 0, :invited, NULL)
ON CONFLICT (school, conversation, kind, person) DO NOTHING;

-- conversation_person_delete(school school_id, conversation conversation_id, kind int, person long) exec
DELETE FROM conversation_person WHERE school = :school AND conversation = :conversation AND kind = :kind AND person = :person;

-- Links of who takes no part any more end at once.
-- conversation_person_end_links(school school_id, conversation conversation_id, kind int, person long, at time) exec
UPDATE visit_link SET revoked_at = :at
 WHERE at_school = :school AND of_conversation = :conversation AND of_kind = :kind AND of_person = :person AND revoked_at IS NULL;

-- The pupils: they find it in their own place. Who gets a letter is noted when it goes (conversation_person_invite).
-- conversation_person_set_invited(school school_id, conversation conversation_id, at time) exec
UPDATE conversation_person SET invited_at = :at
 WHERE school = :school AND conversation = :conversation AND kind = 2 AND invited_at IS NULL;

-- conversation_person_invite(school school_id, conversation conversation_id, kind int, person long, part int, at time) exec
INSERT INTO conversation_person (school, conversation, kind, person, part, name_sealed, preread, invited_at, prepared_at)
VALUES (:school, :conversation, :kind, :person, :part, NULL, 0, :at, NULL)
ON CONFLICT (school, conversation, kind, person) DO UPDATE SET invited_at = :at;

-- conversation_person_set_prepared(school school_id, conversation conversation_id, kind int, person long, preread int, at time) exec
UPDATE conversation_person SET prepared_at = :at, preread = :preread
 WHERE school = :school AND conversation = :conversation AND kind = :kind AND person = :person;

-- conversation_person_row(school school_id, conversation conversation_id, kind int, person long) one
SELECT p.part FROM conversation_person p
 WHERE p.school = :school AND p.conversation = :conversation AND p.kind = :kind AND p.person = :person;

-- conversation_person_rows(school school_id, conversation conversation_id) many
SELECT p.kind, p.person, p.part, p.name_sealed, p.preread, p.invited_at, p.prepared_at,
       u.profile_sealed AS pupil_sealed, s.profile_sealed AS staff_sealed, g.profile_sealed AS guardian_sealed,
       d.slot, d.key_wrapped
  FROM conversation_person p
  LEFT JOIN pupil u ON u.school = p.school AND u.id = p.person AND p.kind = 2
  LEFT JOIN staff s ON s.school = p.school AND s.id = p.person AND p.kind = 1
  LEFT JOIN guardian g ON g.school = p.school AND g.id = p.person AND p.kind = 3
  LEFT JOIN dossier d ON d.school = p.school AND d.id = p.person
 WHERE p.school = :school AND p.conversation = :conversation
 ORDER BY p.kind, p.person;

-- group_dossier_row(school school_id, teaching_group group_id) one
SELECT g.dossier FROM group_dossier g WHERE g.school = :school AND g.teaching_group = :teaching_group;

-- group_dossier_insert(school school_id, teaching_group group_id, dossier dossier_id) exec
INSERT INTO group_dossier (school, teaching_group, dossier) VALUES (:school, :teaching_group, :dossier);

