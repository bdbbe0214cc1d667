module FlinksHelper
  def flinks_iframe_url(**params)
    "https://northwind-ca-iframe.private.fin.ag/v2/?#{params.to_query}"
  end
end
