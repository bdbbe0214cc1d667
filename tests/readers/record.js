'use strict';
// People and the accounts they have connected, for Sequelize.

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('users', {
      id: { type: Sequelize.UUID, primaryKey: true },
      email: { type: Sequelize.STRING, allowNull: false, unique: true },
      country: { type: Sequelize.CHAR(2), allowNull: false },
    });
    await queryInterface.createTable('bank_connections', {
      id: { type: Sequelize.UUID, primaryKey: true },
      user_id: {
        type: Sequelize.UUID,
        allowNull: false,
        references: { model: 'users', key: 'id' },
        onDelete: 'CASCADE',
      },
      flinks_login_id: { type: Sequelize.TEXT, allowNull: false },
      institution: Sequelize.STRING(120),
      created_at: { type: Sequelize.DATE, allowNull: false, defaultValue: Sequelize.literal('now()') },
    });
    await queryInterface.addIndex('bank_connections', ['user_id']);
  },

  async down(queryInterface) {
    await queryInterface.dropTable('bank_connections');
    await queryInterface.dropTable('users');
  },
};
