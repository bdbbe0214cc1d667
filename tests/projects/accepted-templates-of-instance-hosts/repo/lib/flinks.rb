module Flinks
  HOST = "https://%{instance}-api.private.fin.ag/v3"
end
