/** Violations of the rules in {@code ArchitectureTest}, planted to show that each rule bites. */
package planted;
