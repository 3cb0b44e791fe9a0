package org.mxrelay.address;

/** Chooses who maps internationalised names: ICU4J where it is on the path. */
final class Idna {

  private Idna() {}

  /** The mapper of this virtual machine, chosen when the first internationalised name comes. */
  static IdnaMapper mapper() {
    return Holder.CHOSEN;
  }

  private static final class Holder {
    static final IdnaMapper CHOSEN = choose();

    private static IdnaMapper choose() {
      try {
        IdnaMapper icu = new IcuIdnaMapper();
        icu.toAscii("b\u00fccher.example");
        return icu;
      } catch (LinkageError | RuntimeException absentOrBroken) {
        // ICU4J is optional. Absent or broken, the stricter mapper never names another domain.
        return new JdkIdnaMapper();
      }
    }
  }
}
