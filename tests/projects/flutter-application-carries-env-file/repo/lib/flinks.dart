import 'package:flutter_dotenv/flutter_dotenv.dart';

final flinksSecretKey = dotenv.env['FLINKS_SECRET_KEY'];
