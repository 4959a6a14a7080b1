-- staff_row(school school_id, id staff_id) one
SELECT s.id, s.account, s.colour, s.source_index, s.left_on, s.profile_sealed, d.slot, d.key_wrapped
  FROM staff s JOIN dossier d ON d.school = s.school AND d.id = s.id
 WHERE s.school = :school AND s.id = :id;

-- staff_rows_here(school school_id) many as staff_row
SELECT s.id, s.account, s.colour, s.source_index, s.left_on, s.profile_sealed, d.slot, d.key_wrapped
  FROM staff s JOIN dossier d ON d.school = s.school AND d.id = s.id
 WHERE s.school = :school AND s.left_on IS NULL;

-- staff_rows_left(school school_id) many as staff_row
SELECT s.id, s.account, s.colour, s.source_index, s.left_on, s.profile_sealed, d.slot, d.key_wrapped
  FROM staff s JOIN dossier d ON d.school = s.school AND d.id = s.id
 WHERE s.school = :school AND s.left_on IS NOT NULL;

-- staff_insert(school school_id, id staff_id, colour int, source_index bytes?, profile_sealed sealed, at time) exec
INSERT INTO staff (school, id, account, colour, source_index, left_on, profile_sealed, changed_at)
VALUES (:school, :id, NULL, :colour, :source_index, NULL, :profile_sealed, :at);

-- staff_update(school school_id, id staff_id, profile_sealed sealed, at time) exec
UPDATE staff SET profile_sealed = :profile_sealed, changed_at = :at WHERE school = :school AND id = :id;

-- staff_set_source(school school_id, id staff_id, source_index bytes, at time) exec
UPDATE staff SET source_index = :source_index, changed_at = :at WHERE school = :school AND id = :id;

-- staff_set_left(school school_id, id staff_id, left_on date?, at time) exec
UPDATE staff SET left_on = :left_on, changed_at = :at WHERE school = :school AND id = :id;

-- staff_set_account(school school_id, id staff_id, account account_id, at time) exec
UPDATE staff SET account = :account, changed_at = :at WHERE school = :school AND id = :id;

-- staff_end_sessions(at_school school_id, person long) exec
DELETE FROM session WHERE at_school = :at_school AND person = :person AND kind = 1;

-- staff_function_add(school school_id, id long, staff staff_id, role int, school_year school_year_id, teaching_group group_id?, at time) exec
INSERT INTO staff_function (school, id, staff, role, school_year, teaching_group, made_at)
VALUES (:school, :id, :staff, :role, :school_year, :teaching_group, :at);

-- staff_function_rows(school school_id) many
SELECT f.id AS function_number, f.staff, f.role, f.school_year, f.teaching_group, y.starts_in, y.is_active
  FROM staff_function f JOIN school_year y ON y.school = f.school AND y.id = f.school_year
 WHERE f.school = :school ORDER BY y.starts_in DESC, f.role, f.made_at, f.id;

-- staff_function_rows_of(school school_id, staff staff_id) many as staff_function_rows
SELECT f.id AS function_number, f.staff, f.role, f.school_year, f.teaching_group, y.starts_in, y.is_active
  FROM staff_function f JOIN school_year y ON y.school = f.school AND y.id = f.school_year
 WHERE f.school = :school AND f.staff = :staff ORDER BY y.starts_in DESC, f.role, f.made_at, f.id;

-- staff_function_row(school school_id, id long) one
SELECT f.staff, f.teaching_group FROM staff_function f WHERE f.school = :school AND f.id = :id;

-- staff_function_delete(school school_id, id long) exec
DELETE FROM staff_function WHERE school = :school AND id = :id;

-- staff_function_delete_all(school school_id, staff staff_id) exec
DELETE FROM staff_function WHERE school = :school AND staff = :staff
   AND school_year IN (SELECT y.id FROM school_year y WHERE y.school = :school AND y.is_active = 1);

-- Administrators of the active year who can sign in: an account with a password that is not blocked.
-- staff_administrators(school school_id) many
SELECT f.staff, f.id AS function_number
  FROM staff_function f
  JOIN school_year y ON y.school = f.school AND y.id = f.school_year
  JOIN staff s ON s.school = f.school AND s.id = f.staff
  JOIN account a ON a.id = s.account
 WHERE f.school = :school AND f.role = 4 AND y.is_active = 1 AND s.left_on IS NULL
   AND a.disabled_at IS NULL AND a.password_hash IS NOT NULL;

-- staff_suggestion_clear(school school_id, staff staff_id, teaching_group group_id) exec
DELETE FROM staff_suggestion WHERE school = :school AND staff = :staff AND teaching_group = :teaching_group;

-- staff_suggestion_add(school school_id, staff staff_id, teaching_group group_id, said text) exec
INSERT INTO staff_suggestion (school, staff, teaching_group, said) VALUES (:school, :staff, :teaching_group, :said);

-- staff_suggestion_rows(school school_id, staff staff_id) many
SELECT g.teaching_group, g.said FROM staff_suggestion g WHERE g.school = :school AND g.staff = :staff;

-- staff_suggestion_of_year(school school_id, school_year school_year_id) many
SELECT s.staff, s.teaching_group, s.said FROM staff_suggestion s
  JOIN teaching_group g ON g.school = s.school AND g.id = s.teaching_group
 WHERE s.school = :school AND g.school_year = :school_year;
