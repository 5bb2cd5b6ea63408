// What the client would like to read: media type and language.
//
// Source: RFC 9110 sections 8.3.1 and 12.4.2 to 12.5.4. Lists that cannot be read are taken as
// absent: a wish that nobody understands is no wish. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace heyan::http {

enum class Language : std::uint8_t { kZh, kEn };

// Chinese unless English is preferred to it: the courts' language is the default.
Language choose_language(std::string_view accept_language);

// The index of the offer ("application/json") with the highest quality; the earlier one on a tie,
// the first where the field is empty or absent. The most specific range decides an offer's quality.
// Nothing where no offer is acceptable (406).
std::optional<std::size_t> choose_media_type(std::string_view accept,
                                             std::span<const std::string_view> offers);

}  // namespace heyan::http
