// A frame's head as bytes, and how its body grows. For Channel alone.
#pragma once

#include <algorithm>

#include "gateway/ipc/channel.h"

namespace heyan::ipc {

inline FrameHead encode_head(std::size_t length, MessageType type) {
  const auto number = static_cast<std::uint16_t>(type);
  FrameHead head{};
  for (std::size_t i = 0; i < 4; ++i) head[i] = static_cast<std::uint8_t>(length >> (8 * i));
  head[4] = static_cast<std::uint8_t>(number & 0xff);
  head[5] = static_cast<std::uint8_t>(number >> 8);
  return head;
}

inline std::uint32_t length_of(const FrameHead& head) {
  std::uint32_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) length |= std::uint32_t{head[i]} << (8 * i);
  return length;
}

inline std::uint32_t type_of(const FrameHead& head) {
  return std::uint32_t{head[4]} | head[5] << 8;
}

inline bool is_type(std::uint32_t number) {
  return number >= static_cast<std::uint32_t>(MessageType::kBoxRequest) &&
         number <= static_cast<std::uint32_t>(MessageType::kObjectGets);
}

// How much to ask for next: memory grows with what has come, not with what was announced.
inline std::size_t next_step(std::size_t have, std::size_t length) {
  constexpr std::size_t kStepBytes = std::size_t{256} << 10;
  return std::min(length - have, std::max(have, kStepBytes));
}

}  // namespace heyan::ipc
