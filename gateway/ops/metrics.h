// Numbers for a monitoring system, in the text format that Prometheus reads.
//
// Base units (seconds, bytes), names that end in their unit, counters in `_total`. Threat: labels
// are words of ours, never a case number or a name. Any thread. Source: Prometheus, "Exposition
// formats", text format 0.0.4.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heyan::ops {

enum class MetricKind : std::uint8_t { kCounter, kGauge, kHistogram };

// Declared once, as a constant.
struct Metric {
  std::string_view name;
  MetricKind kind;
  std::string_view help;  // one line
};

class Metrics {
 public:
  using Labels = std::vector<std::pair<std::string_view, std::string>>;  // always in one order

  void add(const Metric& counter, const Labels& labels = {}, double by = 1);
  void set(const Metric& gauge, const Labels& labels, double value);
  // Nobody knows it now: it is absent until it is set again.
  void unset(const Metric& gauge);
  void observe(const Metric& histogram, const Labels& labels, double seconds);

  // All of them, sorted by name.
  std::string text() const;

  static constexpr std::string_view kMediaType = "text/plain; version=0.0.4; charset=utf-8";

 private:
  struct Series {
    double value = 0;                    // the sum of a histogram
    std::vector<std::uint64_t> at_most;  // one a bound
    std::uint64_t count = 0;
  };
  struct Family {
    Metric metric;
    std::map<std::string, Series> series;  // by labels as they are written
  };
  Series& series_of(const Metric& metric, const Labels& labels);

  mutable std::mutex mutex_;
  std::map<std::string_view, Family> families_;
};

}  // namespace heyan::ops
