<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\Schema;

// People and the accounts they have connected.
return new class extends Migration
{
    public function up(): void
    {
        Schema::create('users', function (Blueprint $table) {
            $table->uuid('id')->primary();
            $table->string('email')->unique();
            $table->char('country', 2);
        });

        Schema::create('bank_connections', function (Blueprint $table) {
            $table->uuid('id')->primary();
            $table->foreignUuid('user_id')->constrained()->cascadeOnDelete();
            $table->text('flinks_login_id');
            $table->string('institution', 120)->nullable();
            $table->timestamp('created_at')->useCurrent();
            $table->unique(['user_id', 'flinks_login_id']);
        });
    }

    public function down(): void
    {
        Schema::dropIfExists('bank_connections');
        Schema::dropIfExists('users');
    }
};
