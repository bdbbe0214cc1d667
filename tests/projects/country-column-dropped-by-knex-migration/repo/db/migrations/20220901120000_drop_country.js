exports.up = (knex) =>
  knex.schema.alterTable('bank_verifications', (table) => {
    table.dropColumn('country');
  });

exports.down = (knex) =>
  knex.schema.alterTable('bank_verifications', (table) => {
    table.string('country', 2);
  });
