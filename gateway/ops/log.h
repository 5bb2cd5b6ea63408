// What a program of the gateway says of itself: one JSON object a line on standard output.
//
//   {"event":"signer.started","program":"heyan-signer","time":"2026-11-26T08:00:00.000Z",...}
//
// Threat: logs are read by people and machines that may see nothing of a case: stable event ids,
// no names, no bytes of evidence. Text from outside stands in it only as core::visible shows it.
// A value; several processes may write to the same descriptor, a line is one write.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/ops/config.h"
#include "verifier/core/json.h"

namespace heyan::ops {

class Log {
 public:
  explicit Log(std::string program, int descriptor = 1)
      : program_(std::move(program)), descriptor_(descriptor) {}

  // `event`: "PROGRAM.WHAT_HAPPENED". The names of fields are none of the three above.
  void say(std::string_view event,
           std::vector<std::pair<std::string_view, core::json::Value>> fields = {}) const;
  // A line for each defect.
  void say_each(std::string_view event, const ConfigErrors& errors) const;

 private:
  std::string program_;
  int descriptor_;
};

}  // namespace heyan::ops
