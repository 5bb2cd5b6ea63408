// Multipart bodies from any bytes: the same parts however the bytes are cut, nothing invented,
// names unique.
#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "gateway/http/form_data.h"
#include "verifier/core/text.h"

namespace {

using heyan::http::FormDataParser;
using Kind = heyan::http::MultipartEvent::Kind;

void require(bool condition) {
  if (!condition) std::abort();
}

struct Outcome {
  bool accepted = false;
  std::vector<std::string> names;
  std::vector<std::string> bodies;
  bool ended = false;
};

Outcome read(heyan::core::ByteView bytes, std::size_t step) {
  heyan::http::MultipartLimits limits;
  limits.parts = 20;
  auto parser = FormDataParser::create("multipart/form-data; boundary=XX", limits);
  require(parser.has_value());
  Outcome outcome;
  bool in_part = false;
  while (!bytes.empty()) {
    heyan::core::ByteView input = bytes.first(std::min(step, bytes.size()));
    bytes = bytes.subspan(input.size());
    while (true) {
      const auto event = parser->next(input);
      if (!event.has_value()) return outcome;
      if (event->kind == Kind::kMore) break;
      require(!outcome.ended);
      switch (event->kind) {
        case Kind::kPart:
          require(!in_part);
          in_part = true;
          outcome.names.push_back(event->part.name);
          outcome.bodies.emplace_back();
          break;
        case Kind::kData:
          require(in_part && !event->data.empty());
          outcome.bodies.back() += heyan::core::as_text(event->data);
          break;
        case Kind::kPartEnd:
          require(in_part);
          in_part = false;
          break;
        case Kind::kEnd:
          require(!in_part);
          outcome.ended = true;
          break;
        case Kind::kMore:
          break;
      }
    }
    require(input.empty());
  }
  outcome.accepted = parser->finish().has_value();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const heyan::core::ByteView bytes(data, size);
  const Outcome whole = read(bytes, std::max<std::size_t>(size, 1));
  for (const std::size_t step : {1u, 3u, 64u}) {
    const Outcome pieces = read(bytes, step);
    require(pieces.accepted == whole.accepted && pieces.ended == whole.ended);
    require(pieces.names == whole.names && pieces.bodies.size() == whole.bodies.size());
    if (whole.accepted) require(pieces.bodies == whole.bodies);
  }
  std::size_t total = 0;
  std::set<std::string> names;
  for (const std::string& body : whole.bodies) total += body.size();
  require(total <= size);
  for (const std::string& name : whole.names) {
    require(names.insert(name).second && !name.empty() && !heyan::core::has_control(name));
  }
  require(!whole.accepted || (whole.ended && !whole.names.empty()));
  // A body that is read has no delimiter left in it.
  for (const std::string& body : whole.bodies) {
    require(!whole.accepted || (!body.contains("\r\n--XX") && !body.starts_with("--XX")));
  }
  return 0;
}
