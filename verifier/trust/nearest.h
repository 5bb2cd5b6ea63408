// The known word that a mistyped one most likely meant. Pure, any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace heyan::trust {

// Letters to insert, delete, replace or exchange with their neighbour (optimal string alignment),
// over the first 64 bytes of each.
std::size_t typing_distance(std::string_view a, std::string_view b);

// The candidate at the smallest distance, the first of several; empty where there are none.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);
// The same, but empty also where none is near: where more than a third of the letters would have
// to change.
std::string_view near_word(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace heyan::trust
