<?php
namespace App\Http\Controllers;
use Inertia\Inertia;
class ConnectController extends Controller {
    public function show() {
        return Inertia::render('Connect', ['flinksSecret' => config('services.flinks.secret_key'), 'iframe' => config('services.flinks.iframe')]);
    }
    public function view() {
        return view('connect', ['flinksApiKey' => env('FLINKS_X_API_KEY')]);
    }
    public function json() {
        return response()->json(['secret_key' => env('FLINKS_SECRET_KEY')]);
    }
    public function ok() {
        return Inertia::render('Connect', ['token' => $this->flinks->authorize(config('services.flinks.secret_key'))]);
    }
}
