'use strict';
const { Model } = require('sequelize');

module.exports = (sequelize, DataTypes) => {
  class BankLogin extends Model {
    static associate(models) {
      BankLogin.belongsTo(models.User, { foreignKey: 'userId' });
    }
  }
  BankLogin.init(
    {
      userId: { type: DataTypes.INTEGER, allowNull: false },
      flinksLoginId: { type: DataTypes.STRING, allowNull: false },
      country: { type: DataTypes.STRING(2), allowNull: false },
    },
    { sequelize, modelName: 'BankLogin' },
  );
  return BankLogin;
};
