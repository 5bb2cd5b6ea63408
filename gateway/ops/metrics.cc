#include "gateway/ops/metrics.h"

#include <fmt/format.h>

#include <array>

namespace heyan::ops {
namespace {

// Seconds: from an answer out of memory to the longest verification.
constexpr std::array kBounds = {0.005, 0.01, 0.025, 0.05, 0.1,  0.25, 0.5,
                                1.0,   2.5,  5.0,   10.0, 60.0, 600.0};

std::string_view word(MetricKind kind) {
  switch (kind) {
    case MetricKind::kCounter:
      return "counter";
    case MetricKind::kGauge:
      return "gauge";
    case MetricKind::kHistogram:
      return "histogram";
  }
  return "untyped";
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

std::string written(const Metrics::Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) {
    out += fmt::format("{}{}=\"{}\"", out.empty() ? "" : ",", name, escaped(value));
  }
  return out;
}

std::string braced(std::string_view labels) {
  return labels.empty() ? std::string() : fmt::format("{{{}}}", labels);
}

}  // namespace

Metrics::Series& Metrics::series_of(const Metric& metric, const Labels& labels) {
  Family& family = families_.try_emplace(metric.name, Family{metric, {}}).first->second;
  return family.series[written(labels)];
}

void Metrics::add(const Metric& counter, const Labels& labels, double by) {
  const std::lock_guard lock(mutex_);
  series_of(counter, labels).value += by;
}

void Metrics::set(const Metric& gauge, const Labels& labels, double value) {
  const std::lock_guard lock(mutex_);
  series_of(gauge, labels).value = value;
}

void Metrics::unset(const Metric& gauge) {
  const std::lock_guard lock(mutex_);
  families_.erase(gauge.name);
}

void Metrics::observe(const Metric& histogram, const Labels& labels, double seconds) {
  const std::lock_guard lock(mutex_);
  Series& series = series_of(histogram, labels);
  series.at_most.resize(kBounds.size());
  for (std::size_t i = 0; i < kBounds.size(); ++i) {
    if (seconds <= kBounds[i]) ++series.at_most[i];
  }
  series.value += seconds;
  ++series.count;
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& [name, family] : families_) {
    out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, family.metric.help, name,
                       word(family.metric.kind));
    for (const auto& [labels, series] : family.series) {
      if (family.metric.kind != MetricKind::kHistogram) {
        out += fmt::format("{}{} {}\n", name, braced(labels), series.value);
        continue;
      }
      const std::string comma = labels.empty() ? "" : ",";
      for (std::size_t i = 0; i < kBounds.size(); ++i) {
        out += fmt::format("{}_bucket{{{}{}le=\"{}\"}} {}\n", name, labels, comma, kBounds[i],
                           series.at_most[i]);
      }
      out += fmt::format("{}_bucket{{{}{}le=\"+Inf\"}} {}\n", name, labels, comma, series.count);
      out += fmt::format("{}_sum{} {}\n{}_count{} {}\n", name, braced(labels), series.value, name,
                         braced(labels), series.count);
    }
  }
  return out;
}

}  // namespace heyan::ops
