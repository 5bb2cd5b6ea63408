// Bytes and their textual forms: hex and base64, both strict.
//
// Shared by every module. All functions are pure and safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heyan::core {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// Views of the same memory under the other name; the argument must outlive the result.
ByteView as_bytes(std::string_view text);
std::string_view as_text(ByteView bytes);

Bytes to_bytes(ByteView view);
Bytes to_bytes(std::string_view text);
std::string to_string(ByteView view);

bool equal(ByteView a, ByteView b);

// Lower-case hexadecimal, two digits a byte.
std::string to_hex(ByteView bytes);

// Decodes hexadecimal of either case. Nothing on an odd length or any other character.
std::optional<Bytes> from_hex(std::string_view text);

// Base64 (RFC 4648 section 4), with padding.
std::string to_base64(ByteView bytes);
// Base64url (RFC 4648 section 5), without padding, as JOSE wants it (RFC 7515 section 2).
std::string to_base64url(ByteView bytes);

// Strict inverses: canonical padding (none for base64url), no white space, unused bits zero.
std::optional<Bytes> from_base64(std::string_view text);
std::optional<Bytes> from_base64url(std::string_view text);

}  // namespace heyan::core
