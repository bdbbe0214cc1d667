class FlinksController < ApplicationController
  def linked
    cookies.encrypted[:login_id] = params[:loginId]
    cookies[:flinks_login_id] = { value: params[:loginId], httponly: true }
    session[:login_id] = params[:loginId]
  end
end
