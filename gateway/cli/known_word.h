// The known word that somebody most likely meant, where one is near enough. Pure, any thread.
#pragma once

#include <span>
#include <string_view>

namespace heyan::cli {

// The candidate at the smallest distance, the first of several; empty where none is near: where
// more than a third of the letters would have to change.
std::string_view near_word(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace heyan::cli
