<?php

namespace App\Models;

use Illuminate\Database\Eloquent\Model;

class FlinksAccount extends Model
{
    protected $fillable = ['client_id', 'login_id', 'institution'];

    public function client()
    {
        return $this->belongsTo(Client::class);
    }
}
