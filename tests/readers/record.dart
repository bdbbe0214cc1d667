import 'package:drift/drift.dart';

/// People.
class Users extends Table {
  TextColumn get id => text()();
  TextColumn get email => text().unique()();
  TextColumn get country => text().withLength(min: 2, max: 2)();

  @override
  Set<Column> get primaryKey => {id};
}

/// The accounts they have connected.
class BankConnections extends Table {
  TextColumn get id => text()();
  TextColumn get userId => text().references(Users, #id, onDelete: KeyAction.cascade)();
  TextColumn get flinksLoginId => text()();
  TextColumn get institution => text().nullable()();
  DateTimeColumn get createdAt => dateTime()();

  @override
  Set<Column> get primaryKey => {id};
}
