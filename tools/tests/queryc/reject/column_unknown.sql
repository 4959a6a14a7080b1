-- a(school school_id) many
SELECT id,
       nam
  FROM teaching_group WHERE school = :school;
