exports.up = function (knex) {
  return knex.schema
    .createTable('applicants', (table) => {
      table.increments('id');
      table.string('email').notNullable();
    })
    .createTable('bank_verifications', (table) => {
      table.increments('id');
      table.integer('applicant_id').unsigned().notNullable().references('applicants.id').onDelete('CASCADE');
      table.uuid('flinks_login_id').notNullable();
      table.uuid('flinks_request_id');
      table.string('country', 2);
      table.timestamps(true, true);
    });
};

exports.down = function (knex) {
  return knex.schema.dropTable('bank_verifications').dropTable('applicants');
};
