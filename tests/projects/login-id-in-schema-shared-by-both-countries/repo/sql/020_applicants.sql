CREATE TABLE ca.applicants (id uuid PRIMARY KEY, full_name text NOT NULL);
CREATE TABLE us.applicants (id uuid PRIMARY KEY, full_name text NOT NULL);
