# Sourced by the other scripts. Finds a JDK 25 or newer and Maven and sets JAVA_HOME. Installs what is missing as root on Debian or
# Ubuntu; otherwise fails with the command that installs it.

. "$(dirname "${BASH_SOURCE[0]}")/start.sh"

fail() {
  printf 'markwatch: %s\n' "$*" >&2
  exit 1
}

# jdk_at DIR: whether DIR is a JDK 25 or newer. Reads its release file, which is faster than starting java.
jdk_at() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$version" ] && [ "$version" -ge 25 ]
}

find_jdk() {
  local dir on_path
  on_path=$(readlink -f "$(command -v javac 2> /dev/null)" 2> /dev/null || true)
  for dir in "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/* /usr/java/* /opt/jdk* /opt/*/jdk* \
    "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$dir" ] && jdk_at "$dir"; then
      JAVA_HOME=$dir
      return 0
    fi
  done
  return 1
}

# install PACKAGE...: installs packages as root on Debian or Ubuntu, otherwise returns 1
install() {
  [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null || return 1
  echo "markwatch: installing $*" >&2
  apt_get update && apt_get install --no-install-recommends "$@"
}

apt_get() {
  DEBIAN_FRONTEND=noninteractive apt-get -y -qq "$@" > /dev/null
}

need_jdk() {
  find_jdk || { install openjdk-25-jdk-headless && find_jdk; } ||
    fail "no JDK 25 found in JAVA_HOME${JAVA_HOME:+ ($JAVA_HOME)}, on PATH or in the usual folders;" \
      "install one (Debian and Ubuntu: apt-get install openjdk-25-jdk-headless) or set JAVA_HOME to it"
  export JAVA_HOME
}

need_maven() {
  command -v mvn > /dev/null || install maven || fail "Maven is missing; install it (Debian and Ubuntu: apt-get install maven)"
  # suppresses warnings of newer JDKs about libraries of Maven
  export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
}

# test_classpath ROOT: compiles the program and the tests in ROOT and sets classpath
test_classpath() {
  mkdir -p "$1/target"
  mvn -q -B -f "$1/pom.xml" -Dspotless.check.skip test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:build-classpath -Dmdep.outputFile="$1/target/test.classpath" \
    > "$1/target/test-compile.log" 2>&1 || fail "the build failed; the complete output is in target/test-compile.log"
  classpath=$1/target/test-classes:$1/target/classes:$(cat "$1/target/test.classpath")
}
