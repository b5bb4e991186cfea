package org.markwatch;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The Spring context of runs and of the console; the command line starts it with a watchlist and a database. */
@SpringBootApplication
public class MarkwatchApplication {}
