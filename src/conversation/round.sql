-- round_insert(school school_id, id conversation_round_id, teaching_group group_id, method_version method_version_id, leader staff_id, from_on date, until_on date, minutes int, at time) exec
INSERT INTO conversation_round (school, id, teaching_group, method_version, leader, from_on, until_on, minutes, made_at, closed_at)
VALUES (:school, :id, :teaching_group, :method_version, :leader, :from_on, :until_on, :minutes, :at, NULL);

-- round_row(school school_id, id conversation_round_id) one
SELECT r.id, r.teaching_group, r.method_version, v.method_key, r.leader, r.from_on, r.until_on, r.minutes, r.closed_at,
       COALESCE(SUM(CASE WHEN c.state <> 7 THEN 1 ELSE 0 END), 0) AS planned,
       COALESCE(SUM(CASE WHEN c.state IN (5, 6) THEN 1 ELSE 0 END), 0) AS held
  FROM conversation_round r
  JOIN method_version v ON v.school = r.school AND v.id = r.method_version
  LEFT JOIN conversation c ON c.school = r.school AND c.round = r.id
 WHERE r.school = :school AND r.id = :id
 GROUP BY r.id, r.teaching_group, r.method_version, v.method_key, r.leader, r.from_on, r.until_on, r.minutes, r.closed_at;

-- round_rows_of_group(school school_id, teaching_group group_id, most int) many as round_row
SELECT r.id, r.teaching_group, r.method_version, v.method_key, r.leader, r.from_on, r.until_on, r.minutes, r.closed_at,
       COALESCE(SUM(CASE WHEN c.state <> 7 THEN 1 ELSE 0 END), 0) AS planned,
       COALESCE(SUM(CASE WHEN c.state IN (5, 6) THEN 1 ELSE 0 END), 0) AS held
  FROM conversation_round r
  JOIN method_version v ON v.school = r.school AND v.id = r.method_version
  LEFT JOIN conversation c ON c.school = r.school AND c.round = r.id
 WHERE r.school = :school AND r.teaching_group = :teaching_group
 GROUP BY r.id, r.teaching_group, r.method_version, v.method_key, r.leader, r.from_on, r.until_on, r.minutes, r.closed_at
 ORDER BY r.from_on DESC, r.id LIMIT :most;

-- The keys of who is in the group now.
-- round_keys(school school_id, teaching_group group_id) many
SELECT m.pupil, d.slot, d.key_wrapped
  FROM pupil_group m
  JOIN dossier d ON d.school = m.school AND d.id = m.pupil
 WHERE m.school = :school AND m.teaching_group = :teaching_group AND m.until_on IS NULL;

-- Planned ones whose pupil is in the group still: who left it has another teacher by now.
-- round_to_invite(school school_id, round conversation_round_id, teaching_group group_id) many
SELECT c.id, c.pupil FROM conversation c
 WHERE c.school = :school AND c.round = :round AND c.state = 1
   AND c.pupil IN (SELECT m.pupil FROM pupil_group m
                    WHERE m.school = :school AND m.teaching_group = :teaching_group AND m.until_on IS NULL);

-- The same ones, before their state changes: all who take part and were not invited.
-- round_invite_people(school school_id, round conversation_round_id, teaching_group group_id, at time) exec
UPDATE conversation_person SET invited_at = :at
 WHERE school = :school AND invited_at IS NULL
   AND conversation IN (SELECT c.id FROM conversation c
                         WHERE c.school = :school AND c.round = :round AND c.state = 1
                           AND c.pupil IN (SELECT m.pupil FROM pupil_group m
                                            WHERE m.school = :school AND m.teaching_group = :teaching_group AND m.until_on IS NULL));

-- round_invite(school school_id, round conversation_round_id, teaching_group group_id, at time) exec
UPDATE conversation SET state = 2, version = version + 1, changed_at = :at
 WHERE school = :school AND round = :round AND state = 1
   AND pupil IN (SELECT m.pupil FROM pupil_group m
                  WHERE m.school = :school AND m.teaching_group = :teaching_group AND m.until_on IS NULL);
