// The command line of the gateway's inner programs, which the supervisor writes and nobody else:
// `--NAME VALUE` pairs, each once, all of them.
#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "gateway/os/descriptor.h"

namespace heyan::ops {

using ProgramWords = std::map<std::string, std::string, std::less<>>;

// Exactly the `names` (without "--"), in any order; otherwise a sentence that says what is wrong.
std::expected<ProgramWords, std::string> read_program_words(
    std::span<const char* const> words, std::span<const std::string_view> names);

// A descriptor that this process inherited under that number, made its own: it closes on exec.
// Nothing where it is no number, one of the standard three, or not open.
os::Descriptor inherited(std::string_view number);

// The folder of this program: the others lie beside it, what belongs to them in ../share/heyan.
// Empty where the system does not say.
std::filesystem::path program_folder();

}  // namespace heyan::ops
