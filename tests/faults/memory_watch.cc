#include "tests/faults/memory_watch.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <span>
#include <thread>

namespace heyan::faults {
namespace {

double resident_of(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("RssAnon:")) return std::stod(line.substr(8));
  }
  return 0;
}

double descriptors_of(pid_t pid) {
  const std::filesystem::directory_iterator all("/proc/" + std::to_string(pid) + "/fd");
  return static_cast<double>(std::distance(begin(all), end(all)));
}

struct Line {
  double mean = 0;
  double slope = 0;  // an hour
};

template <typename Look>
Line fit(std::span<const Look> looks, double Look::* value) {
  const auto count = static_cast<double>(looks.size());
  double hours = 0, values = 0;
  for (const Look& one : looks) hours += one.hours, values += one.*value;
  hours /= count, values /= count;
  double together = 0, square = 0;
  for (const Look& one : looks) {
    together += (one.hours - hours) * (one.*value - values);
    square += (one.hours - hours) * (one.hours - hours);
  }
  return {values, square > 0 ? together / square : 0};
}

}  // namespace

void MemoryWatch::look(std::chrono::seconds during) {
  constexpr std::chrono::seconds kStep{5};
  const auto until = std::chrono::steady_clock::now() + during;
  look_once(true);
  while (std::chrono::steady_clock::now() + kStep <= until) {
    std::this_thread::sleep_for(kStep);
    look_once(false);
  }
  ++looks_;
}

void MemoryWatch::look_once(bool first) {
  const std::chrono::duration<double, std::ratio<3600>> since =
      std::chrono::steady_clock::now() - began_;
  for (const Running& one : gateway_.processes()) {
    if (one.child) continue;
    Process& process = processes_[one.role];
    if (process.pid != 0 && process.pid != one.pid) process.replaced = true;
    process.pid = one.pid;
    const Look seen{since.count(), resident_of(one.pid), descriptors_of(one.pid)};
    if (first || process.looks.empty()) {
      process.looks.push_back(seen);
      continue;
    }
    Look& least = process.looks.back();
    least.kibibytes = std::min(least.kibibytes, seen.kibibytes);
    least.descriptors = std::min(least.descriptors, seen.descriptors);
  }
}

std::string MemoryWatch::judge(std::size_t from, double percent) const {
  std::string wrong;
  std::printf("%-12s %12s %12s %12s %12s\n", "", "KiB", "% an hour", "descriptors", "an hour");
  for (const auto& [role, process] : processes_) {
    if (process.replaced) wrong += role + " is another process now; ";
    if (process.looks.size() < from + 2) {
      wrong += role + " was seen too seldom; ";
      continue;
    }
    const std::span looks = std::span(process.looks).subspan(from);
    const Line memory = fit(looks, &Look::kibibytes);
    const Line descriptors = fit(looks, &Look::descriptors);
    const double growth = memory.mean > 0 ? memory.slope / memory.mean * 100 : 0;
    std::printf("%-12s %12.0f %12.2f %12.1f %12.2f\n", role.c_str(), memory.mean, growth,
                descriptors.mean, descriptors.slope);
    if (memory.mean <= 0 || descriptors.mean <= 0) wrong += role + " could not be looked at; ";
    if (growth >= percent) wrong += role + " grows in memory; ";
    if (descriptors.slope >= 1) wrong += role + " grows in descriptors; ";
  }
  return wrong;
}

}  // namespace heyan::faults
