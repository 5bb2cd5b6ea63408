// Flat concatenation, which FISCO BCOS 3.x hashes: fields one after the other, without lengths.
//
// Source: bcos-tars-protocol/impl/TarsHashable.h. Pure.
#pragma once

#include <cstdint>
#include <string_view>

#include "verifier/ledgers/fisco_bcos/form.h"

namespace heyan::ledgers::fisco_bcos {

class Flat {
 public:
  Flat& put(ByteView bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  Flat& put(std::string_view text) { return put(core::as_bytes(text)); }
  Flat& put_u32(std::uint32_t number) { return put_number(number, 4); }
  Flat& put_u64(std::uint64_t number) { return put_number(number, 8); }
  Bytes take() && { return std::move(bytes_); }

 private:
  Flat& put_number(std::uint64_t number, std::size_t octets) {
    for (std::size_t i = octets; i-- > 0;)
      bytes_.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    return *this;
  }

  Bytes bytes_;
};

}  // namespace heyan::ledgers::fisco_bcos
