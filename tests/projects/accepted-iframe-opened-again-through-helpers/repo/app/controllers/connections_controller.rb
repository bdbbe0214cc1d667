class ConnectionsController < ApplicationController
  include FlinksHelper

  def resume
    redirect_to flinks_iframe_url(loginId: connection.flinks_login_id, authorizeToken: token), allow_other_host: true
  end

  def again
    redirect_to "#{iframe_for(connection.country)}?loginId=#{connection.flinks_login_id}", allow_other_host: true
  end

  def manage
    redirect_to connect_url(loginId: connection.flinks_login_id), allow_other_host: true
  end
end
