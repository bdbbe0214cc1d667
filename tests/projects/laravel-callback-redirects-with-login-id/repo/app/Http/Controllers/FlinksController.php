<?php

namespace App\Http\Controllers;

class FlinksController extends Controller
{
    public function callback(Request $request)
    {
        $loginId = $request->query('loginId');
        Connection::create(['flinks_login_id' => $loginId, 'country' => 'CA']);

        return redirect('/accounts?login_id=' . $loginId);
    }
}
