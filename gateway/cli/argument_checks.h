// What single words of the command line may be: each function gives what is wrong, or "".
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gateway/cli/options.h"

namespace heyan::cli {

// Formats of a report. Those of later builds are named, so that a user learns that the word is
// right and the build too old.
std::string check_format(const std::string& word);
// The same for a judgement of a record, which is never signed.
std::string check_unsigned_format(const std::string& word);
Format format_by_word(const std::string& word);          // of a word that was checked
std::string check_list_format(const std::string& word);  // text or json
std::string check_level(const std::string& word);
std::string check_time(const std::string& text);
std::string check_language(const std::string& word);
std::string check_hash(const std::string& text);
std::string check_issuer(const std::string& name);  // the common name of a certificate

// Why there is no such command: `words` are what was typed ("report", "dif"), `known` the commands
// that the last of them could have been.
std::string no_such_command(std::span<const std::string_view> words,
                            std::span<const std::string_view> known);

}  // namespace heyan::cli
