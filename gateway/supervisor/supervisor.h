// Starts the gateway's programs, makes the channels between them, and watches them until one of
// them, or whoever runs this, ends it all.
//
//   front ---- signer          questions
//   front ---- box, judge, render, draw   doors, through which jobs come
//   front ---- egress          events for court systems, time stamps, checkpoints for witnesses,
//                              files to be scanned, who signed in
//                              elsewhere; each its own channel,
//                              where the configuration names somebody to call; and doors, through
//                              which sealed files of the vault go to a bucket and come from it
//   judge, render ---- signer  the doors through which each of their children reaches the signer
//
// Threat: a program may be taken over. Each is given its own ends and nothing else: every other
// descriptor closes on exec, so that the front has no way to the signer but its own. The ends stay
// open here as well: what waits in a channel survives a worker that is started afresh. The process
// must have one thread and no other children.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace heyan::supervisor {

// What the workers that read lists go by, whatever lies on the disk when one of them begins anew.
struct Trust {
  int sealed = -1;      // the whole of it, open as long as the settings are; below 0: there is none
  std::string refused;  // why what lies in its place now is not taken; empty: it was
};

// What the files of the court's trust hold now, against what is in force.
struct Offer {
  enum class Is : std::uint8_t { kSame, kNew, kRefused };
  Is what = Is::kSame;
  std::string detail;  // of what is refused: why
};

struct Settings {
  std::filesystem::path
      programs;  // folder of heyan-signer, heyan-worker, heyan-draw, heyan-egress, heyan-front
  std::filesystem::path config;
  bool with_egress = false;                       // heyan-egress too: somebody is to be called
  std::chrono::milliseconds front_grace{30'000};  // for requests under way
  std::chrono::milliseconds grace{20'000};        // for jobs under way
  // Where signer or front died: for what is under way with those that are left.
  std::chrono::milliseconds afresh_grace{2'000};
  std::chrono::milliseconds reload_grace{5'000};  // where another trust is put in force
  std::chrono::milliseconds steady{1'000};  // so long it must have served to be no quick death
  std::chrono::milliseconds pause{1'000};   // after the first quick death; then twice as long
  // Called whenever all programs begin.
  std::function<Trust()> take_trust;
  // Called in a child of this process, which a fault in it takes with it.
  std::function<Offer()> look_at_trust;
};

// Until SIGTERM or SIGINT, then 0: the front ends first, in peace, then the others, whose channels
// close. SIGHUP goes on to the front; and where the court offers another trust by then, all end
// likewise and begin again with it. What is refused changes nothing.
//
// A worker that ends with 75, or by a signal, is started again; and, once the front serves, one
// that says that it cannot begin (2, 65, 127): somebody changes files, and it is tried again after
// pauses that double, of half a minute at most. Where signer or front died, all end and are started
// afresh over new channels: at once, or after a pause where they did not serve for long; what those
// that are left take to end does not count. 70: after five such quick deaths in a row; where there
// is no trust to begin with; where another program says that it cannot work (2, 65, or 70 before
// the front served), or a worker does before the front served, or with 70; and where one cannot be
// started. Which it was stands in the log.
// 77: where the program that cannot work says that a person must look before it is tried again.
int supervise(const Settings& settings);

}  // namespace heyan::supervisor
