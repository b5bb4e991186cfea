# Sourced by scripts/markwatch and by bin/markwatch of an archive. Starts the program with the JVM options of its verb.

# Less code is inlined than by default: compiling takes about a third less CPU time, and reading a page 3 to 5 % more. It pays for
# runs of up to about 100,000 pages; see docs/performance.md. Options in MARKWATCH_JAVA_OPTIONS take precedence.
common=(--enable-native-access=ALL-UNNAMED -Djava.awt.headless=true -XX:+UseCompactObjectHeaders
  -XX:InlineSmallCode=1000 -XX:FreqInlineSize=120 -XX:MaxInlineLevel=6)
quick=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC)

# Runs use the parallel collector for throughput; the console uses the default collector for shorter pauses. An option in
# MARKWATCH_JAVA_OPTIONS takes precedence.
collector_of_runs() {
  case "${MARKWATCH_JAVA_OPTIONS:-}" in
    *-XX:+Use*GC*) ;;
    *) echo -XX:+UseParallelGC ;;
  esac
}

# start JAVA APP JOB_CONFIG [VERB [OPTION...]]: replaces the shell by the program in folder APP. The demo, and every verb in a folder
# without job-config, uses JOB_CONFIG. The array jvm, if set, has further JVM options.
start() {
  local java=$1 app=$2 config=$3
  shift 3
  # cron sets no locale or C, with which Java cannot open files whose names are not ASCII
  case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    '' | C | POSIX) export LC_ALL=C.UTF-8 ;;
  esac
  local options=("${common[@]}" ${jvm[@]+"${jvm[@]}"})
  case "${1:-}" in
    run | demo | rescan | worker) options+=(-Xmx"${MARKWATCH_HEAP:-1g}" $(collector_of_runs)) ;;
    serve) options+=(-Xmx"${MARKWATCH_HEAP:-1g}") ;;
    # hash and compress gigabytes
    backup | restore) options+=(-XX:+UseSerialGC) ;;
    *) options+=("${quick[@]}") ;;
  esac
  if [ "${1:-}" = demo ] || [ ! -e job-config ]; then
    options+=(-Dmarkwatch.config="$config")
  fi
  [ "$(cat "$app/trained-at" 2> /dev/null)" = "$app" ] && options+=(-XX:AOTCache="$app/markwatch.aot" -Xlog:aot=off -Xlog:cds=off)
  exec "$java" "${options[@]}" ${MARKWATCH_JAVA_OPTIONS:-} -jar "$app/markwatch.jar" "$@"
}
