// The Prefer field (RFC 7240). Pure, any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace heyan::http {

// "wait=N" of section 4.3: names in any case, values also quoted, parameters of it left alone; the
// first counts (section 2). Nothing where there is none, or one that is no number. Numbers of more
// than nine digits are that many nines.
std::optional<std::chrono::seconds> preferred_wait(std::string_view field);

}  // namespace heyan::http
