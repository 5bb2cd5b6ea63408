// People's requests: which session, and whether its own pages sent it.
//
// Threat: another site's page that has the browser send something (security decision 31). A change
// counts only with this listener's own Origin and a token that only its pages can read. Pure, any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/accounts/accounts.h"
#include "gateway/api/caller.h"
#include "gateway/http/gate.h"

namespace heyan::api {

// The session's token; nothing where there is none, or two.
std::optional<std::string_view> session_cookie(const http::RequestHead& head);
std::string set_session_cookie(std::string_view token);
std::string clear_session_cookie();

// Of a sign-in that goes on at a provider: sent along when a browser comes back from there
// (SameSite=Lax), for ten minutes.
std::optional<std::string_view> provider_cookie(const http::RequestHead& head);
std::string set_provider_cookie(std::string_view token);

// "Origin: https://HOST", where HOST is the Host field's.
bool is_of_own_origin(const http::RequestHead& head);
bool has_form_token(const http::RequestHead& head, const accounts::Current& current);

// A GET by which a page looks again of itself, or waits for events, and nobody need sit before it:
// "X-Heyan-Unattended: 1", which EventSource cannot send, or what that accepts. It is no use of the
// session; who claims it without cause shortens his own.
bool is_unattended(const http::RequestHead& head);

Caller caller_of(const accounts::Current& current, const Settings& settings);

// What `GET /v1/session` says.
std::string session_json(const accounts::Current& current, const Settings& settings,
                         std::int64_t idle_ms);

}  // namespace heyan::api
