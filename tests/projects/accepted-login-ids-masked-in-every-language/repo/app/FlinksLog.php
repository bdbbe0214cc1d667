<?php
class FlinksLog {
    public function linked(string $loginId): void {
        Log::info('linked', ['login' => substr($loginId, 0, 4)]);
        Log::info('linked ' . hash('sha256', $loginId));
    }
}
