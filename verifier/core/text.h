// Text from outside: is it UTF-8, and how to show it so that it cannot pose as something else.
#pragma once

#include <string>
#include <string_view>

#include "verifier/core/bytes.h"

namespace heyan::core {

// Well-formed UTF-8 (Unicode 15, table 3-7): no overlong forms, no surrogates, at most U+10FFFF.
bool is_utf8(std::string_view text);

// True where the text holds a C0 or C1 control, DEL, a bidirectional control or isolate, a
// zero-width or otherwise invisible formatting character (soft hyphen, tags, annotation), a line or
// paragraph separator, or a byte-order mark.
bool has_control(std::string_view text);

// Makes declared text safe to show on one line: such characters, and bytes that are not UTF-8,
// become "⟨U+202E⟩" or "⟨0xFF⟩"; cut after `max_characters` code points with "…". Terminal escapes
// cannot survive.
std::string visible(std::string_view text, std::size_t max_characters = 200);

}  // namespace heyan::core
