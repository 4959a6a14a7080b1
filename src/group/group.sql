-- group_row(school school_id, id group_id) one
SELECT g.id, g.school_year, g.kind, g.years, g.age_band, g.source_index, g.name_sealed
  FROM teaching_group g WHERE g.school = :school AND g.id = :id;

-- group_rows_of_staff(school school_id, staff staff_id) many as group_row
SELECT g.id, g.school_year, g.kind, g.years, g.age_band, g.source_index, g.name_sealed
  FROM staff_function f
  JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
  JOIN teaching_group g ON g.school = f.school AND g.id = f.teaching_group
 WHERE f.school = :school AND f.staff = :staff;

-- group_rows(school school_id, school_year school_year_id, most int) many as group_row
SELECT g.id, g.school_year, g.kind, g.years, g.age_band, g.source_index, g.name_sealed
  FROM teaching_group g WHERE g.school = :school AND g.school_year = :school_year LIMIT :most;

-- group_insert(school school_id, id group_id, school_year school_year_id, location location_id?, kind int, years int, age_band int, source_index bytes?, name_sealed sealed) exec
INSERT INTO teaching_group (school, id, school_year, location, kind, years, age_band, source_index, name_sealed)
VALUES (:school, :id, :school_year, :location, :kind, :years, :age_band, :source_index, :name_sealed);

-- group_update(school school_id, id group_id, years int, age_band int, name_sealed sealed) exec
UPDATE teaching_group SET years = :years, age_band = :age_band, name_sealed = :name_sealed
 WHERE school = :school AND id = :id;

-- group_set_source(school school_id, id group_id, source_index bytes) exec
UPDATE teaching_group SET source_index = :source_index WHERE school = :school AND id = :id;

-- Who is in which group of a year now.
-- group_open_rows(school school_id, school_year school_year_id) many
SELECT m.pupil, m.teaching_group
  FROM pupil_group m
  JOIN teaching_group g ON g.school = m.school AND g.id = m.teaching_group
 WHERE m.school = :school AND g.school_year = :school_year AND m.until_on IS NULL
 ORDER BY m.pupil, m.teaching_group;

-- group_set_kind(school school_id, id group_id, kind int) exec
UPDATE teaching_group SET kind = :kind WHERE school = :school AND id = :id;

-- group_count_rows(school school_id, school_year school_year_id) many
SELECT m.teaching_group, COUNT(*) AS pupils
  FROM pupil_group m
  JOIN teaching_group g ON g.school = m.school AND g.id = m.teaching_group
 WHERE m.school = :school AND g.school_year = :school_year AND m.until_on IS NULL
 GROUP BY m.teaching_group;

-- What keeps a group from being taken away.
-- group_uses(school school_id, id group_id) one
SELECT (SELECT COUNT(*) FROM pupil_group m WHERE m.school = :school AND m.teaching_group = :id)
     + (SELECT COUNT(*) FROM staff_function f WHERE f.school = :school AND f.teaching_group = :id) AS uses;

-- group_forget_suggestions(school school_id, teaching_group group_id) exec
DELETE FROM staff_suggestion WHERE school = :school AND teaching_group = :teaching_group;

-- group_delete(school school_id, id group_id) exec
DELETE FROM teaching_group WHERE school = :school AND id = :id;

-- group_member_rows(school school_id, teaching_group group_id, most int) many
SELECT p.id, p.year_group, p.symbol, p.colour, p.profile_sealed, d.slot, d.key_wrapped
  FROM pupil_group m
  JOIN pupil p ON p.school = m.school AND p.id = m.pupil
  JOIN dossier d ON d.school = p.school AND d.id = p.id
 WHERE m.school = :school AND m.teaching_group = :teaching_group AND m.until_on IS NULL
 LIMIT :most;

-- group_rows_of_pupil(school school_id, pupil pupil_id) many
SELECT g.id, g.school_year, g.kind, g.years, g.age_band, g.name_sealed, m.from_on, m.until_on,
       y.starts_in, y.is_active
  FROM pupil_group m
  JOIN teaching_group g ON g.school = m.school AND g.id = m.teaching_group
  JOIN school_year y ON y.school = g.school AND y.id = g.school_year
 WHERE m.school = :school AND m.pupil = :pupil
 ORDER BY y.starts_in DESC, g.kind, m.from_on DESC;

-- group_member_add(school school_id, pupil pupil_id, teaching_group group_id, from_on date) exec
INSERT INTO pupil_group (school, pupil, teaching_group, from_on, until_on)
VALUES (:school, :pupil, :teaching_group, :from_on, NULL);

-- group_member_reopen(school school_id, pupil pupil_id, teaching_group group_id, from_on date) exec
UPDATE pupil_group SET until_on = NULL
 WHERE school = :school AND pupil = :pupil AND teaching_group = :teaching_group AND from_on = :from_on;

-- group_member_open(school school_id, pupil pupil_id, teaching_group group_id) many
SELECT m.from_on FROM pupil_group m
 WHERE m.school = :school AND m.pupil = :pupil AND m.teaching_group = :teaching_group AND m.until_on IS NULL;

-- A membership that a new one from that day would overlap, or that ended right then.
-- group_member_ended(school school_id, pupil pupil_id, teaching_group group_id, from_on date) many
SELECT m.from_on FROM pupil_group m
 WHERE m.school = :school AND m.pupil = :pupil AND m.teaching_group = :teaching_group
   AND (m.from_on = :from_on OR m.until_on >= :from_on)
 ORDER BY m.from_on DESC;

-- group_member_end(school school_id, pupil pupil_id, teaching_group group_id, until_on date) exec
UPDATE pupil_group SET until_on = :until_on
 WHERE school = :school AND pupil = :pupil AND teaching_group = :teaching_group AND until_on IS NULL;

-- group_member_end_all(school school_id, pupil pupil_id, until_on date) exec
UPDATE pupil_group SET until_on = :until_on
 WHERE school = :school AND pupil = :pupil AND until_on IS NULL;

-- group_teacher_rows(school school_id, teaching_group group_id) many
SELECT s.id, f.role, f.id AS function_number, s.profile_sealed, d.slot, d.key_wrapped
  FROM staff_function f
  JOIN staff s ON s.school = f.school AND s.id = f.staff
  JOIN dossier d ON d.school = s.school AND d.id = s.id
 WHERE f.school = :school AND f.teaching_group = :teaching_group AND s.left_on IS NULL
 ORDER BY f.role, f.made_at, f.id;
