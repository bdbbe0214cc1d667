<?php
return ['flinks' => ['url' => 'https://spruceline-ca-api.private.fin.ag/v3/5e0c7b92-1f3d-4d68-a7b4-2c9f61e08d35/BankingServices']];
