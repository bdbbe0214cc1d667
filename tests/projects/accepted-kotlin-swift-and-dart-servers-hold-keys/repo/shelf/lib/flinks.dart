import 'dart:io';

final flinksSecretKey = Platform.environment['FLINKS_SECRET_KEY'];
