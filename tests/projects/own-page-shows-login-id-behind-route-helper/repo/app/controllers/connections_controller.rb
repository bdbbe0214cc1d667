class ConnectionsController < ApplicationController
  def resume
    redirect_to flinks_iframe_url(loginId: connection.flinks_login_id), allow_other_host: true
  end

  def callback
    redirect_to connection_accounts_url(login_id: connection.flinks_login_id)
  end
end
