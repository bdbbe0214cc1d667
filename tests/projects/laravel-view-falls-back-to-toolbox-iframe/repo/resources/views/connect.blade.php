@extends('layouts.app')

{{-- https://toolbox-iframe.private.fin.ag/v2/ has fake banks --}}
@section('content')
    <iframe src="{{ config('services.flinks.iframe') }}?redirectUrl={{ urlencode(route('connected')) }}"></iframe>
@endsection
