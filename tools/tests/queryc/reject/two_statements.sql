-- a(school school_id) exec
UPDATE pupil SET is_active = 0 WHERE school = :school; DELETE FROM word;
