-- a(school school_id) many
UPDATE observation SET closed_at = NULL WHERE school = :school
RETURNING id, closed_at IS NULL AS is_open;
