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

-- round_conversation_ids(school school_id, round conversation_round_id) many
SELECT c.id, c.state FROM conversation c WHERE c.school = :school AND c.round = :round AND c.state <> 7;
